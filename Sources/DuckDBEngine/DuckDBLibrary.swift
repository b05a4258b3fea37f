import Engine
import Foundation
import Synchronization

/// DuckDB's shared library, opened once per process at first use.
package struct DuckDBLibrary: Sendable {
    let functions: DuckDBFunctions
    private static let opened = Mutex<DuckDBLibrary?>(nil)

    /// The library from, in order: the file that `TICKBOOK_DUCKDB` names, the system's `libduckdb.so`, and the `duckdb` wheel
    /// in `.deps/python` below one of `searchFolders`. Throws `EngineFault.unavailable` when none is there.
    package static func open(searchFolders: [String]) throws -> DuckDBLibrary {
        try open(searchFolders: searchFolders, environment: ProcessInfo.processInfo.environment)
    }

    static func open(searchFolders: [String], environment: [String: String]) throws -> DuckDBLibrary {
        try opened.withLock { opened in
            if let opened { return opened }
            let handle = try load(candidates(searchFolders: searchFolders, environment: environment))
            let library = DuckDBLibrary(functions: try DuckDBFunctions(handle: handle))
            opened = library
            return library
        }
    }

    /// A named library stands alone: a wrong `TICKBOOK_DUCKDB` is a fault, not a reason to take another library.
    static func candidates(searchFolders: [String], environment: [String: String]) -> [String] {
        if let path = environment["TICKBOOK_DUCKDB"], !path.isEmpty { return [path] }
        return ["libduckdb.so"] + searchFolders.flatMap(wheels)
    }

    static func load(_ candidates: [String]) throws -> LibraryHandle {
        var refusals: [String] = []
        for path in candidates {
            if isWheel(path) { _ = dlopen("libpython3.11.so.1.0", RTLD_NOW | RTLD_GLOBAL) }
            if let handle = dlopen(path, RTLD_LAZY) { return LibraryHandle(pointer: handle) }
            refusals.append(dlerror().map { String(cString: $0) } ?? path)
        }
        throw EngineFault.unavailable(
            reason: "no DuckDB library could be opened: " + refusals.joined(separator: "; "),
            remedy: "run `make deps`, or name the library's file in the environment variable TICKBOOK_DUCKDB")
    }

    /// The extension module of the Python wheel needs Python's own library loaded before it.
    private static func isWheel(_ path: String) -> Bool { (path as NSString).lastPathComponent.hasPrefix("_duckdb") }

    private static func wheels(below folder: String) -> [String] {
        let python = (folder as NSString).appendingPathComponent(".deps/python")
        guard let paths = FileManager.default.enumerator(atPath: python) else { return [] }
        return paths.compactMap { $0 as? String }
            .filter { isWheel($0) && $0.hasSuffix(".so") }
            .sorted()
            .map { (python as NSString).appendingPathComponent($0) }
    }
}

/// An opened library; never closed, since DuckDB's threads may outlive the last caller.
struct LibraryHandle: @unchecked Sendable {
    let pointer: UnsafeMutableRawPointer

    /// The function `name` as a C function pointer type.
    func function<Function>(_ name: String, as type: Function.Type) throws -> Function {
        guard let symbol = dlsym(pointer, name) else {
            throw EngineFault.unavailable(
                reason: "the DuckDB library lacks the function `\(name)`",
                remedy: "install DuckDB 2.0 or later, or run `make deps` and unset the environment variable TICKBOOK_DUCKDB")
        }
        return unsafeBitCast(symbol, to: type)
    }
}
