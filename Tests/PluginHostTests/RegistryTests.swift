import Foundation
import Language
import PluginHost
import Testing

/// Which native code runs, and what is said of code that doesn't.
@Suite struct RegistryTests {
    @Test func codeRunsOnlyWhileItIsTheOneInTheLock() throws {
        let plugin = try WrongPlugin()
        defer { plugin.remove() }
        #expect(reason { try plugin.registry.contents(of: "wrong") } == "its native code is not allowed in this workspace")
        try plugin.registry.add(plugin.folder)
        #expect(try plugin.registry.contents(of: "wrong").functions.count == 14)
        let handle = try #require(FileHandle(forWritingAtPath: plugin.folder.libraryPath))
        try handle.seekToEnd()
        handle.write(Data([0]))
        #expect(reason { try plugin.registry.contents(of: "wrong") }?.contains("is not the one in plugins.lock") == true)
        try plugin.registry.remove("wrong")
        #expect(reason { try plugin.registry.contents(of: "wrong") } == "its native code is not allowed in this workspace")
    }

    @Test(arguments: [
        ("WRONG_VERSION", "it was built for version 2 of the plugin interface, and this Tickbook has version 1"),
        ("WITHOUT_ENTRY", "doesn't export tickbook_plugin_entry"),
        ("DECLINING", "plugin 'wrong' declines: libexample is not installed"),
    ])
    func aLibraryThatCannotBeUsedSaysWhy(_ macro: String, _ expected: String) throws {
        let plugin = try WrongPlugin(defining: macro)
        defer { plugin.remove() }
        #expect(reason { try plugin.load() }?.contains(expected) == true)
    }

    @Test func aDamagedLockIsRefused() throws {
        let plugin = try WrongPlugin()
        defer { plugin.remove() }
        try Data("{".utf8).write(to: URL(fileURLWithPath: plugin.workspace + "/plugins.lock"))
        #expect(reason { try plugin.registry.contents(of: "wrong") }?.contains("it is not what `tickbook plugin add` writes") == true)
    }

    @Test func aMistakeInTheCodeLeavesTheLibraryAsItWas() throws {
        let plugin = try WrongPlugin()
        defer { plugin.remove() }
        let before = try plugin.folder.contentHash()
        try Data("int f( {".utf8).write(to: URL(fileURLWithPath: plugin.folder.path + "/Sources/wrong.c"))
        var shown = ""
        #expect(reason { try PluginBuild(plugin.folder).run { shown += $0 } } == "'cc' found mistakes, printed above")
        #expect(shown.contains("wrong.c:1"))
        #expect(try plugin.folder.contentHash() == before)
    }

    private func reason<Result>(_ body: () throws -> Result) -> String? {
        do {
            _ = try body()
            return nil
        } catch {
            return (error as? PluginFault)?.reason
        }
    }
}
