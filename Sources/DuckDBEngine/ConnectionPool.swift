import Synchronization

/// The connections of a database: as many as there are statements at once, reused.
final class ConnectionPool: Sendable {
    private let database: DuckDBDatabase
    private let idle = Mutex<[DuckDBConnection]>([])

    init(database: DuckDBDatabase) { self.database = database }

    func take() throws -> DuckDBConnection { try idle.withLock { $0.popLast() } ?? database.connect() }
    func give(_ connection: DuckDBConnection) { idle.withLock { $0.append(connection) } }
}
