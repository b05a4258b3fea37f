import Columnar
import Dispatch
import Foundation
import Synchronization
import Testing

@testable import DeltaTable

@Suite struct ConcurrentWriterTests {
    private let folder = TemporaryFolder()
    private static let (writers, commits) = (2, 500)

    /// Appends tiny files, one commit each, as a program of its own would.
    private func write(_ writer: Int) throws -> [Int] {
        let table = DeltaTable(root: folder.path)
        var snapshot: Snapshot?
        return try (0..<Self.commits).map { commit in
            let path = "\(writer)-\(commit).parquet"
            try makeFile(folder.path + "/" + path, Data(count: 10))
            guard case .committed(let version) = try table.commit(append(writtenFile(path)), from: snapshot) else { return -1 }
            if commit % 50 == 0 { snapshot = try table.snapshot() }
            return version
        }
    }

    @Test func twoWritersWithFiveHundredCommitsEachLoseNothing() throws {
        let versions = Mutex<[Int]>([])
        DispatchQueue.concurrentPerform(iterations: Self.writers) { writer in
            let written = (try? write(writer)) ?? []
            versions.withLock { $0 += written }
        }
        #expect(versions.withLock { $0.sorted() } == Array(0..<Self.writers * Self.commits))
        let snapshot = try #require(try DeltaTable(root: folder.path).snapshot())
        let wanted = (0..<Self.writers).flatMap { writer in (0..<Self.commits).map { "\(writer)-\($0).parquet" } }
        #expect(snapshot.version == Self.writers * Self.commits - 1)
        #expect(snapshot.files.map(\.path).sorted() == wanted.sorted())
    }
}
