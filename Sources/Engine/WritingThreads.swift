import Foundation

/// Runs jobs on a fixed number of threads, in order of submission, and makes the submitter wait while too much is under way.
final class WritingThreads: @unchecked Sendable {
    private let count: Int
    private let byteLimit: Int
    private let condition = NSCondition()
    // Guarded by `condition`.
    private var jobs: [(byteCount: Int, run: () throws -> Void)] = []
    private var running = 0
    private var bytesUnderWay = 0
    private var started = 0
    private var isClosed = false
    private var failure: (any Error)?

    init(count: Int, byteLimit: Int) {
        self.count = count
        self.byteLimit = byteLimit
    }

    /// Queues a job. Throws the first failure of an earlier one.
    func submit(byteCount: Int, _ run: @escaping @Sendable () throws -> Void) throws {
        try condition.withLock {
            while failure == nil, bytesUnderWay > 0, bytesUnderWay + byteCount > max(byteLimit, 2 * byteCount) { condition.wait() }
            if let failure { throw failure }
            jobs.append((byteCount, run))
            bytesUnderWay += byteCount
            if started < count, started < jobs.count + running { start() }
            condition.broadcast()
        }
    }

    /// Waits for all jobs. Throws the first failure.
    func finish() throws {
        try condition.withLock {
            while failure == nil, !jobs.isEmpty || running > 0 { condition.wait() }
            isClosed = true
            condition.broadcast()
            if let failure { throw failure }
        }
    }

    /// Forgets the jobs not yet begun, waits for the others, and ends the threads.
    func drop() {
        condition.withLock {
            jobs = []
            isClosed = true
            condition.broadcast()
            while running > 0 { condition.wait() }
        }
    }

    private func start() {
        started += 1
        let thread = Thread { [self] in work() }
        thread.stackSize = 8 << 20
        thread.start()
    }

    private func work() {
        while let job = take() {
            let failure = run(job.run)
            condition.withLock {
                running -= 1
                bytesUnderWay -= job.byteCount
                if self.failure == nil, let failure {
                    self.failure = failure
                    jobs = []
                }
                condition.broadcast()
            }
        }
    }

    private func take() -> (byteCount: Int, run: () throws -> Void)? {
        condition.withLock {
            while jobs.isEmpty, !isClosed { condition.wait() }
            guard !jobs.isEmpty else { return nil }
            running += 1
            return jobs.removeFirst()
        }
    }

    private func run(_ job: () throws -> Void) -> (any Error)? {
        do {
            try job()
            return nil
        } catch { return error }
    }
}
