@testable import DuckDBEngine
import Engine
import Testing

@Suite struct DuckDBLibraryTests {
    @Test func aMissingLibraryNamesTheRemedy() {
        let fault = #expect(throws: EngineFault.self) { try DuckDBLibrary.load(["/nowhere/libduckdb.so"]) }
        guard case .unavailable(let reason, let remedy) = fault else { return #expect(Bool(false), "expected `unavailable`") }
        #expect(reason.contains("/nowhere/libduckdb.so"))
        #expect(remedy.contains("make deps"))
    }

    @Test func aMissingFunctionIsNamed() throws {
        let library = try DuckDBLibrary.load(["libc.so.6"])
        let fault = #expect(throws: EngineFault.self) { try DuckDBFunctions(handle: library) }
        guard case .unavailable(let reason, _) = fault else { return #expect(Bool(false), "expected `unavailable`") }
        #expect(reason.contains("duckdb_"))
    }

    @Test func aNamedLibraryStandsAlone() {
        let candidates = DuckDBLibrary.candidates(searchFolders: ["/"], environment: ["TICKBOOK_DUCKDB": "/opt/libduckdb.so"])
        #expect(candidates == ["/opt/libduckdb.so"])
    }

    @Test func theSystemsLibraryComesFirst() {
        #expect(DuckDBLibrary.candidates(searchFolders: [], environment: [:]) == ["libduckdb.so"])
    }
}
