"""The reference prediction service: uvicorn serving_peer:app --port 8077"""
import numpy as np
from fastapi import FastAPI
from pydantic import BaseModel
from sklearn.linear_model import LogisticRegression

rng = np.random.default_rng(0)
x = rng.normal(size=(1000, 5)); model = LogisticRegression().fit(x, x[:, 0] + rng.normal(size=1000) > 0)
app = FastAPI()

class Features(BaseModel):
    daily_return: float
    ma_7: float
    ma_14: float
    ma_30: float
    volatility_14: float

@app.get("/health")
def health():
    return {"status": "ok", "model_version": "v1"}

@app.post("/predict")
def predict(f: Features):
    p = float(model.predict_proba(np.array([[f.daily_return, f.ma_7, f.ma_14, f.ma_30, f.volatility_14]]))[0][1])
    return {"prediction": int(p >= 0.5), "probability": p, "model_version": "v1"}
