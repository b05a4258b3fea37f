import Foundation

/// Makes a native plugin's library from its sources.
package struct PluginBuild {
    private let folder: PluginFolder

    package init(_ folder: PluginFolder) { self.folder = folder }

    /// Leaves `build/lib<name>.so`, or what was there when the compiler finds a mistake; `show` gets what the compiler prints.
    package func run(show: (String) -> Void) throws(PluginFault) {
        let build = folder.path + "/build"
        do {
            try FileManager.default.createDirectory(atPath: build, withIntermediateDirectories: true)
            try PluginTemplate.writeHeader(to: build + "/include")
        } catch {
            throw PluginFault("\(build) can't be written: \(error.localizedDescription)", remedy: "give yourself write access")
        }
        let made = build + "/new-\(getpid()).so"
        defer { try? FileManager.default.removeItem(atPath: made) }
        switch folder.manifest.language {
        case .tick:
            throw PluginFault(
                "plugin '\(folder.manifest.name)' has no native code, so there is nothing to build", remedy: "use it as it is")
        case .c: try compileC(into: made, show)
        case .swift: try compileSwift(into: made, show)
        }
        guard rename(made, folder.libraryPath) == 0 else {
            throw PluginFault(
                "\(folder.libraryPath) can't be written: \(String(cString: strerror(errno)))", remedy: "give yourself write access")
        }
    }

    /// One rounding per operation: a plugin's bits don't depend on what the compiler fuses. What is not defined is a mistake now, not when
    /// the library is loaded.
    private func compileC(into library: String, _ show: (String) -> Void) throws(PluginFault) {
        let sources = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/Sources")) ?? []
        let files = sources.filter { $0.hasSuffix(".c") }.sorted().map { folder.path + "/Sources/" + $0 }
        guard !files.isEmpty else { throw PluginFault("\(folder.path)/Sources has no .c file", remedy: "put the plugin's code there") }
        try execute(
            [
                "cc", "-std=c11", "-O2", "-ffp-contract=off", "-Wall", "-Wextra", "-fPIC", "-shared", "-Wl,-z,defs", "-I",
                folder.path + "/build/include",
            ] + files + folder.manifest.libraries.map { "-l" + $0 } + ["-o", library], show)
    }

    private func compileSwift(into library: String, _ show: (String) -> Void) throws(PluginFault) {
        let scratch = folder.path + "/build/swift"
        try execute(
            [
                "swift", "build", "-c", "release", "--package-path", folder.path, "--scratch-path", scratch, "--product",
                folder.manifest.name,
            ],
            show)
        do {
            try FileManager.default.copyItem(atPath: "\(scratch)/release/lib\(folder.manifest.name).so", toPath: library)
        } catch {
            throw PluginFault(
                "the package makes no lib\(folder.manifest.name).so",
                remedy: "give it the product .library(name: \"\(folder.manifest.name)\", type: .dynamic, …)")
        }
    }

    private func execute(_ command: [String], _ show: (String) -> Void) throws(PluginFault) {
        let ended: ProgramRun
        do {
            ended = try ProgramRun("/usr/bin/env", command)
        } catch {
            throw PluginFault("'\(command[0])' can't be started: \(error.localizedDescription)", remedy: "install it")
        }
        if !ended.text.isEmpty { show(ended.text) }
        guard ended.status == 0 else {
            throw PluginFault(
                ended.status == 127 ? "there is no '\(command[0])' on the PATH" : "'\(command[0])' found mistakes, printed above",
                remedy: "the library that was there before is kept")
        }
    }
}
