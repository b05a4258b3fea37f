import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    init(status: HTTPResponse.Status, json: String) { self.init(status: status, json: ByteBuffer(string: json)) }

    init(status: HTTPResponse.Status, json: JSONText) { self.init(status: status, json: ByteBuffer(bytes: json.bytes)) }

    init(status: HTTPResponse.Status, json: ByteBuffer) {
        self.init(status: status, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: json))
    }

    init(text: String, contentType: String) {
        self.init(status: .ok, headers: [.contentType: contentType], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Names the model that gave the answer.
    mutating func name(_ model: ServedModel) {
        headers[.model] = model.name
        headers[.modelVersion] = model.versionName
    }
}
