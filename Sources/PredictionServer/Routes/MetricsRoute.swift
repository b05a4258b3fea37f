import HTTPTypes
import Hummingbird

/// `GET /metrics`: for Prometheus.
struct MetricsRoute: Route {
    let method = HTTPRequest.Method.get
    let path = "/metrics"
    let metrics: ServerMetrics
    let slots: ModelSlots

    func respond(to request: Request, _ parameters: PathParameters) -> Response {
        Response(text: metrics.text(of: slots), contentType: "text/plain; version=0.0.4; charset=utf-8")
    }
}
