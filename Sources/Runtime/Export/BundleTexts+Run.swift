extension BundleTexts {
    var runScript: String {
        let parameters = overrides.sorted { $0.key < $1.key }.map { " -p " + shellQuoted("\($0.key)=\($0.value)") }.joined()
        let ending =
            model.map { model in
                """
                [ "$serves" = yes ] || exit 0
                set -- \(shellQuoted(model)) --workspace . --notebook \(shellQuoted(notebook))\(parameters) --host "$host" --port "$port"
                [ -z "$keys" ] || set -- "$@" --api-key-file "$keys"
                [ "$insecure" = no ] || set -- "$@" --insecure
                exec "$tickbook" serve "$@"

                """
            } ?? ""
        return """
            #!/bin/sh
            # Checks tickbook.lock, runs the notebook's cells and compares what came out with the lock\(model == nil ? "" : "; then serves the model").
            #   --verify      make everything anew, read every file again, and compare bit for bit
            #   --new-data    take whatever input files are there; then results have nothing to be compared with
            #   --no-serve    end after the comparison
            #   --host HOST, --port PORT    where to serve (127.0.0.1, \(port))
            #   --api-key-file FILE    requests must carry one of its keys; beyond this machine this, or --insecure, must be given
            #   -- OPTION…    options of `tickbook run`, such as --metrics-file PATH
            set -eu
            cd -- "$(dirname -- "$0")"

            tickbook=${TICKBOOK:-tickbook}
            verifies=no serves=yes compares=yes host=127.0.0.1 port=\(port) keys= insecure=no
            usage() { echo "run: $1; usage: ./run [--verify | --new-data] [--no-serve] [--host HOST] [--port PORT] [--api-key-file FILE | --insecure] [-- OPTION...]" >&2; exit 2; }
            while [ $# -gt 0 ]; do
                case $1 in
                --verify) verifies=yes ;;
                --new-data) compares=no ;;
                --no-serve) serves=no ;;
                --host) [ $# -gt 1 ] || usage '--host wants an address'; host=$2; shift ;;
                --port) [ $# -gt 1 ] || usage '--port wants a number'; port=$2; shift ;;
                --api-key-file) [ $# -gt 1 ] || usage '--api-key-file wants a file'; keys=$2; shift ;;
                --insecure) insecure=yes ;;
                --) shift; break ;;
                *) usage "unknown option $1" ;;
                esac
                shift
            done
            [ "$verifies$compares" != yesno ] || usage '--verify has nothing to compare new data with'
            command -v "$tickbook" >/dev/null || {
                echo "run: $tickbook not found; install Tickbook \(version), or set TICKBOOK to where it is" >&2
                exit 1
            }

            if [ "$compares" = yes ]; then
                "$tickbook" bundle check . --workspace .
            else
                "$tickbook" bundle check . --workspace . --new-data
            fi
            [ "$verifies" = no ] || set -- --full-refresh "$@"
            "$tickbook" run \(shellQuoted(notebook)) --workspace . --no-serve\(parameters) "$@"
            [ "$verifies" = no ] || "$tickbook" table verify --workspace .
            [ "$compares" = no ] || "$tickbook" bundle compare . --workspace .
            \(ending)
            """
    }
}
