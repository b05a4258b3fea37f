extension BundleTexts {
    var readme: String {
        let inputs = lock[.input].map { "- `\($0.words[0])` (\($0.words[1]) bytes)" }.joined(separator: "\n")
        let outputs =
            (lock[.table].map { "- table `\($0.words[0])`, \($0.words[1]) rows" } + lock[.model].map { "- model `\($0.words[0])`" })
            .joined(separator: "\n")
        return """
            # \(name)

            A Tickbook notebook with all it takes to run it again and to see that the same comes out. It needs Tickbook \(version) as
            `tickbook` on the `PATH`, or where `TICKBOOK` says.

            ```sh
            ./run --no-serve   # check the lock, run the cells, compare the results
            ./run --verify     # the same, with everything made anew and compared bit for bit
            ./run --new-data   # other input files than the lock's: run, and compare nothing
            ```
            \(model.map { "\nWithout `--no-serve`, `./run` ends by serving the model `\($0)` on port \(port).\n" } ?? "")
            What does not agree with `tickbook.lock` is named with its line there, and the exit code is 1.

            ## What goes in

            \(inputs.isEmpty ? "No files." : inputs)

            Files that are not here have to be put here, below this folder, under these names.

            ## What comes out

            \(outputs)

            ## What is what

            - `\(notebook)`: the notebook
            - `tickbook.lock`: versions, parameters, plugins, inputs, and the expected content of every table and model, as SHA-256
            - `Dockerfile`: an image that runs the cells, then serves
            - `\(name).service`: a unit for systemd
            \(model == nil ? "" : "- `\(name).nginx.conf`: a site for nginx in front of the server\n")
            """
    }
}
