import Crypto
import Foundation

/// Held by the one run of a notebook in a workspace, so that two schedulers don't do the same work twice.
///
/// Invariants:
/// 1. It is the kernel's lock on an open file, gone with the process however that ends; a file left behind locks nobody out.
/// 2. The file's text says who holds it, and is empty after a run that ended in order.
package final class RunLock {
    package enum Overlap: String, Sendable, CaseIterable { case refuse, wait, allow }

    package struct Holder: Sendable, Hashable, Codable {
        package let run: String
        package let process: Int32
        package let host: String
        package let started: String
    }

    private let descriptor: Int32
    /// Who held it and ended without a word.
    package private(set) var abandonedBy: Holder?
    private static let patience: UInt32 = 200_000

    /// Takes the lock of a notebook for `record`; with `waits`, as soon as it is free.
    package init(workspace: Workspace, record: RunRecord, waits: Bool, provider: EngineProvider, note: (String) -> Void) throws {
        let path = try Self.path(of: record.notebook, in: workspace)
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw RunFault.unwritableWorkspace(path: path, reason: String(cString: strerror(errno))) }
        var isWaiting = false
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw RunFault.unwritableWorkspace(path: path, reason: String(cString: strerror(errno)))
            }
            guard waits else { throw RunFault.alreadyRunning(Self.holder(descriptor)) }
            if !isWaiting { note("waiting for \(RunFault.words(Self.holder(descriptor))) to end") }
            isWaiting = true
            try provider.checkCancellation()
            usleep(Self.patience)
        }
        abandonedBy = Self.holder(descriptor)
        let holder = Holder(run: record.id, process: record.process, host: record.host, started: record.started)
        write((try? JSONEncoder().encode(holder)) ?? Data())
    }

    deinit {
        write(Data())
        close(descriptor)
    }

    private func write(_ content: Data) {
        ftruncate(descriptor, 0)
        content.withUnsafeBytes { bytes in _ = pwrite(descriptor, bytes.baseAddress, bytes.count, 0) }
    }

    private static func holder(_ descriptor: Int32) -> Holder? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return count > 0 ? try? JSONDecoder().decode(Holder.self, from: Data(bytes.prefix(count))) : nil
    }

    /// One file per notebook, whatever way leads to it.
    private static func path(of notebook: String, in workspace: Workspace) throws -> String {
        let folder = RunStore(workspace: workspace).folder
        try WritableFolder.make(folder)
        let whole = URL(fileURLWithPath: notebook).resolvingSymlinksInPath().path
        return "\(folder)/\(Hexadecimal.sha256(Data(whole.utf8)).prefix(16)).lock"
    }
}

extension RunFault {
    static func words(_ holder: RunLock.Holder?) -> String {
        holder.map { "run \($0.run) (process \($0.process) on \($0.host), since \($0.started))" } ?? "another run"
    }
}

/// Bytes as lower-case digits.
enum Hexadecimal {
    static func sha256(_ data: Data) -> String { text(SHA256.hash(data: data)) }

    static func text(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
