import ArgumentParser
import DeltaTable
import Engine
import Foundation
import Indicators
import Language
import Learning
import PredictionServer
import Runtime

/// Says what went wrong, and with which exit code the process ends.
enum FaultText {
    static let failed = ExitCode(1)
    static let wrongNotebook = ExitCode(2)
    static let interrupted = ExitCode(130)

    /// Runs a command's work; a fault is printed, and thrown on as the exit code it means.
    static func reporting<Result>(_ loaded: LoadedNotebook? = nil, _ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let code as ExitCode {
            throw code
        } catch let error as ValidationError {
            throw error
        } catch {
            throw report(error, loaded)
        }
    }

    static func report(_ error: any Error, _ loaded: LoadedNotebook?) -> ExitCode {
        switch error {
        case RunFault.mistakes(let diagnostics):
            if let loaded { print(diagnostics, loaded) }
            return wrongNotebook
        case RunFault.interrupted, EngineFault.cancelled:
            Terminal.note("\(RunFault.interrupted)")
            return interrupted
        case let fault as StatementFault: return report(fault, loaded)
        case RunFault.unknownCell, RunFault.unreadableNotebook, RunFault.alreadyRunning:
            Terminal.note("error: \(words(error))")
            return wrongNotebook
        default:
            Terminal.note("error: \(words(error))")
            return failed
        }
    }

    /// A fault within a cell is shown at the statement's line.
    private static func report(_ fault: StatementFault, _ loaded: LoadedNotebook?) -> ExitCode {
        if let loaded, let diagnostics = diagnostics(of: fault) {
            print(diagnostics, loaded)
            return failed
        }
        switch fault.underlying {
        case RunFault.interrupted, EngineFault.cancelled:
            Terminal.note("cell '\(fault.cell)': \(RunFault.interrupted)")
            return interrupted
        default:
            Terminal.note("error: \(words(fault.underlying))")
            return failed
        }
    }

    /// A fault as mistakes with places in the notebook; nil where it has none.
    static func diagnostics(of error: any Error) -> [Diagnostic]? {
        switch error {
        case RunFault.mistakes(let diagnostics): return diagnostics
        case let fault as StatementFault:
            switch fault.underlying {
            case RunFault.interrupted, EngineFault.cancelled: return nil
            case RunFault.mistakes(let diagnostics): return diagnostics
            default: return [Diagnostic(.failed(cell: fault.cell, reason: words(fault.underlying)), at: fault.span)]
            }
        default: return nil
        }
    }

    static func print(_ diagnostics: [Diagnostic], _ loaded: LoadedNotebook) {
        let renderer = DiagnosticRenderer(path: loaded.notebook.path, text: loaded.notebook.text, usesColour: Terminal.showsColour)
        Terminal.note(renderer.render(diagnostics))
    }

    static func words(_ error: any Error) -> String {
        switch error {
        case EngineFault.unavailable(let reason, let remedy): "\(reason); \(remedy)"
        case EngineFault.statement(let message):
            IntOverflow(error)?.description ?? "the engine could not do this: \(EngineWords.firstLine(message))"
        case EngineFault.cancelled: "\(RunFault.interrupted)"
        case let fault as any CustomStringConvertible: fault.description
        default: (error as NSError).localizedDescription
        }
    }
}
