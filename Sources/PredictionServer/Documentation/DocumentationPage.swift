/// The page of `GET /docs`: reads `/openapi.json` and makes a form of every operation.
enum DocumentationPage {
    static let html = #"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Tickbook predictions</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
        summary { cursor: pointer; padding: .5rem; background: #f2f4f7; border-radius: 4px; }
        details { margin: .5rem 0; }
        .method { display: inline-block; width: 4rem; font-weight: bold; }
        textarea { width: 100%; height: 9rem; box-sizing: border-box; }
        textarea, pre, code, input { font: 14px/1.4 ui-monospace, monospace; }
        pre { background: #f2f4f7; padding: .75rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
        form { padding: .5rem; }
        label { display: block; margin: .5rem 0; }
        button { padding: .3rem 1rem; }
        </style>
        </head>
        <body>
        <h1 id="title">Tickbook predictions</h1>
        <p id="description"></p>
        <label id="key" hidden>API key <input type="password" id="keyValue" size="40" autocomplete="off"></label>
        <div id="operations">Loading…</div>
        <script>
        const element = (name, properties, ...children) => {
          const made = Object.assign(document.createElement(name), properties);
          made.append(...children);
          return made;
        };
        const headers = () => {
          const key = document.getElementById("keyValue").value;
          return key ? { "X-API-Key": key } : {};
        };
        const resolve = (schema, spec) => {
          while (schema && schema.$ref) schema = schema.$ref.slice(2).split("/").reduce((part, name) => part[name], spec);
          return schema || {};
        };
        const example = (schema, spec) => {
          schema = resolve(schema, spec);
          if (schema.anyOf) return example(schema.anyOf[0], spec);
          const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
          if (schema.example !== undefined) return schema.example;
          if (type === "object")
            return Object.fromEntries(Object.entries(schema.properties || {}).map(([name, part]) => [name, example(part, spec)]));
          if (type === "array") return [example(schema.items, spec)];
          if (type === "boolean") return true;
          if (type === "number" || type === "integer") return 0;
          return "";
        };
        const operation = (spec, path, method, details) => {
          const inputs = (details.parameters || []).map(parameter => {
            const values = parameter.schema.enum || [];
            const input = values.length
              ? element("select", {}, ...values.map(value => element("option", { value }, value)))
              : element("input", { placeholder: parameter.name, required: true });
            return { parameter, input };
          });
          const content = details.requestBody && details.requestBody.content["application/json"];
          const body = content && element("textarea", { value: JSON.stringify(example(content.schema, spec), null, 2) });
          const answer = element("pre", { hidden: true });
          const form = element("form", {});
          inputs.forEach(({ parameter, input }) => form.append(element("label", {}, parameter.name + " ", input)));
          if (body) form.append(element("label", {}, "Body ", body));
          form.append(element("button", {}, "Try it"), answer);
          form.onsubmit = async event => {
            event.preventDefault();
            let url = path;
            inputs.forEach(({ parameter, input }) => {
              url = url.replace("{" + parameter.name + "}", encodeURIComponent(input.value));
            });
            const request = { method: method.toUpperCase(), headers: headers() };
            if (body) {
              request.body = body.value;
              request.headers["Content-Type"] = "application/json";
            }
            answer.hidden = false;
            answer.textContent = "…";
            try {
              const response = await fetch(url, request);
              let text = await response.text();
              try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { }
              answer.textContent = response.status + " " + response.statusText + "\n" + text;
            } catch (error) {
              answer.textContent = String(error);
            }
          };
          const answers = Object.entries(details.responses).map(([status, response]) =>
            element("li", {}, element("code", {}, status), " " + response.description));
          return element("details", {},
            element("summary", {}, element("span", { className: "method" }, method.toUpperCase()), element("code", {}, path),
              " " + (details.summary || "")),
            form, element("ul", {}, ...answers));
        };
        const load = async () => {
          const place = document.getElementById("operations");
          const response = await fetch("/openapi.json", { headers: headers() });
          if (response.status === 401) {
            document.getElementById("key").hidden = false;
            document.getElementById("keyValue").onchange = load;
            place.textContent = "Enter a key to see what there is.";
            return;
          }
          const spec = await response.json();
          document.getElementById("title").textContent = spec.info.title;
          document.getElementById("description").textContent = spec.info.description;
          place.replaceChildren(...Object.entries(spec.paths).flatMap(([path, methods]) =>
            Object.entries(methods).map(([method, details]) => operation(spec, path, method, details))));
        };
        load().catch(error => { document.getElementById("operations").textContent = String(error); });
        </script>
        </body>
        </html>
        """#
}
