import Foundation

/// The pictures that a notebook's prose shows, as data within a report: files beside the notebook, of bounded size.
struct ProsePictures {
    private static let byteLimit = 4 << 20
    private static let kinds = ["png": "png", "jpg": "jpeg", "jpeg": "jpeg", "gif": "gif", "webp": "webp"]

    private let folder: URL

    init(notebook path: String) { folder = URL(fileURLWithPath: path).deletingLastPathComponent() }

    /// A `data:` address; nil for what lies elsewhere, is no picture or too large.
    func address(_ path: String) -> String? {
        guard !path.contains(":"), let relative = path.removingPercentEncoding,
            let kind = Self.kinds[(relative as NSString).pathExtension.lowercased()]
        else { return nil }
        let url = URL(fileURLWithPath: relative, relativeTo: folder)
        let size = try? url.resourceValues(forKeys: [.fileSizeKey]).fileSize
        guard let size, size <= Self.byteLimit, let data = try? Data(contentsOf: url) else { return nil }
        return "data:image/\(kind);base64,\(data.base64EncodedString())"
    }
}
