/// The style sheet of a report: light and dark, on a phone and on paper.
enum ReportStyle {
    static let sheet = """

        :root {
          --paper: #fbfbf9; --card: #ffffff; --ink: #1d2126; --soft: #5d6670; --line: #e3e4e0; --tint: #f3f4f0;
          --accent: #0b6e63; --good: #1a7f4b; --idle: #6b7684; --bad: #b3261e; --badtint: #fdf0ee; --warn: #8a5a00; --warntint: #fdf6e6;
          --key: #8250a8; --verb: #0b6e63; --call: #1f5fbf; --text: #9a4a12; --number: #a3267a; --remark: #7a828b;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #15181c; --card: #1c2026; --ink: #e4e7ea; --soft: #9aa4ae; --line: #30363d; --tint: #22272e;
            --accent: #55c9b9; --good: #5fca8d; --idle: #8b96a3; --bad: #ff8a80; --badtint: #33201f; --warn: #e6bd66; --warntint: #302818;
            --key: #cfa4f0; --verb: #55c9b9; --call: #8ab8ff; --text: #e9a978; --number: #f09bd0; --remark: #8b949e;
          }
        }
        * { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; }
        body { margin: 0; background: var(--paper); color: var(--ink); line-height: 1.6;
          font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; font-size: 16px; }
        main { max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
        code, pre, .path { font-family: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .875em; }
        a { color: var(--accent); }
        .masthead { border-bottom: 1px solid var(--line); padding-bottom: 1.5rem; margin-bottom: 1.5rem; }
        .masthead h1 { font-size: 2.1rem; line-height: 1.2; margin: .1rem 0 .7rem; letter-spacing: -.015em; text-wrap: balance; }
        .kicker { margin: 0; color: var(--accent); font-weight: 600; font-size: .8rem; letter-spacing: .08em; text-transform: uppercase; }
        .facts { display: flex; flex-wrap: wrap; gap: .35rem 1rem; align-items: center; margin: 0 0 .8rem; color: var(--soft); font-size: .9rem; }
        .path { overflow-wrap: anywhere; }
        .badge { border-radius: 1rem; padding: .1rem .75rem; font-weight: 600; color: var(--card); background: var(--good); }
        .badge.failed, .badge.interrupted { background: var(--bad); }
        .badge.notRun { background: var(--idle); }
        nav { display: flex; flex-wrap: wrap; gap: .4rem; margin-top: .9rem; }
        nav a { text-decoration: none; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-left: 3px solid var(--idle);
          border-radius: .35rem; padding: .1rem .6rem; font-size: .875rem; }
        nav a:hover { border-color: var(--accent); }
        nav a.made, nav a.upToDate { border-left-color: var(--good); } nav a.failed { border-left-color: var(--bad); }
        nav a.stale { border-left-color: var(--warn); }
        .prose > :first-child { margin-top: 1.4rem; }
        .prose h1, .prose h2, .prose h3 { line-height: 1.25; letter-spacing: -.01em; margin: 2rem 0 .6rem; break-after: avoid; }
        .prose h1 { font-size: 1.6rem; } .prose h2 { font-size: 1.3rem; } .prose h3 { font-size: 1.1rem; }
        .prose p, .prose li { max-width: 44rem; }
        .prose code { background: var(--tint); border-radius: .25rem; padding: .1em .35em; }
        .prose pre { background: var(--tint); border-radius: .5rem; padding: .8rem 1rem; overflow-x: auto; }
        .prose pre code { background: none; padding: 0; }
        .prose blockquote { margin: 1rem 0; padding: .1rem 1rem; border-left: 3px solid var(--line); color: var(--soft); }
        .prose img { max-width: 100%; height: auto; }
        .missing { color: var(--soft); border: 1px dashed var(--line); border-radius: .3rem; padding: .1rem .5rem; }
        .prose table { display: block; overflow-x: auto; }
        .cell { background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--idle); border-radius: .6rem; margin: 1.1rem 0 1.6rem;
          scroll-margin-top: 1rem; overflow: hidden; }
        .cell.made, .cell.upToDate { border-left-color: var(--good); }
        .cell.failed { border-left-color: var(--bad); }
        .cell.stale { border-left-color: var(--warn); }
        .head { display: flex; gap: .75rem; align-items: baseline; justify-content: space-between; padding: .5rem 1rem; border-bottom: 1px solid var(--line); }
        .head .name { font-weight: 650; }
        .head .state { color: var(--soft); font-size: .8rem; white-space: nowrap; }
        .failed > .head .state { color: var(--bad); font-weight: 600; }
        .stale > .head .state { color: var(--warn); }
        pre code { font-size: inherit; }
        pre.code { margin: 0; padding: .85rem 1rem; overflow-x: auto; background: var(--tint); line-height: 1.5; tab-size: 4; }
        .k { color: var(--key); font-weight: 600; } .v { color: var(--verb); font-weight: 600; } .f { color: var(--call); } .s { color: var(--text); }
        .n { color: var(--number); } .q { color: var(--text); } .c { color: var(--remark); font-style: italic; } .p { color: var(--soft); }
        .e { color: var(--bad); text-decoration: underline wavy; }
        .results { padding: .3rem 1rem .9rem; border-top: 1px solid var(--line); }
        .outcome h3 { margin: .7rem 0 .3rem; font-size: 1rem; display: flex; gap: .6rem; align-items: baseline; flex-wrap: wrap; }
        .outcome h3 code { font-size: 1rem; overflow-wrap: anywhere; }
        .version { color: var(--accent); font-weight: 650; font-size: .85em; font-variant-numeric: tabular-nums; }
        .chips { display: flex; flex-wrap: wrap; gap: .35rem; margin: .3rem 0; }
        .chip { background: var(--tint); border-radius: 1rem; padding: .08rem .7rem; font-size: .85rem; font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        .reads, .count, .note { color: var(--soft); font-size: .875rem; margin: .4rem 0 0; }
        .formula { margin: .5rem 0; overflow-wrap: anywhere; } .formula span { color: var(--soft); }
        .warning { background: var(--warntint); color: var(--warn); border-radius: .35rem; padding: .35rem .75rem; font-size: .9rem; }
        details { margin-top: .4rem; font-size: .9rem; } summary { cursor: pointer; color: var(--soft); }
        details p { margin: .4rem 0; }
        .columns { list-style: none; padding: 0; margin: .4rem 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .15rem .9rem; }
        .columns i, th i { color: var(--soft); font-weight: 400; font-size: .8rem; font-style: normal; }
        .scroll { overflow-x: auto; margin: .6rem 0 0; }
        .scroll, pre { scrollbar-width: thin; scrollbar-color: var(--idle) var(--tint); }
        .statement { margin: .9rem 0 0; overflow-wrap: anywhere; }
        table { border-collapse: collapse; font-size: .875rem; font-variant-numeric: tabular-nums; }
        th, td { padding: .28rem .8rem .28rem 0; text-align: left; border-bottom: 1px solid var(--line); white-space: nowrap; vertical-align: bottom; }
        th:last-child, td:last-child { padding-right: 0; }
        thead th { font-weight: 650; } th i { display: block; }
        tbody tr:last-child > * { border-bottom: 0; }
        .number { text-align: right; } .null { color: var(--soft); opacity: .7; }
        .measures thead th { text-align: right; font-weight: 500; color: var(--soft); } .measures th[scope=row] { font-weight: 500; padding-right: 2rem; }
        figure.chart { margin: .8rem 0 0; } figure.chart img { max-width: 100%; height: auto; background: #fff; border-radius: .4rem; }
        .drawing { margin: .8rem 0 0; line-height: 1.2; overflow-x: auto; }
        .fault { margin: .8rem 0 0; padding: .8rem 1rem; overflow-x: auto; border-radius: .4rem; background: var(--badtint); color: var(--bad); line-height: 1.45; }
        .lineage { margin-top: 2.5rem; border-top: 1px solid var(--line); } .lineage h2 { font-size: 1.1rem; margin: 1.3rem 0 .2rem; }
        footer { margin-top: 2.5rem; color: var(--soft); font-size: .8rem; overflow-wrap: anywhere; }
        @media (max-width: 34rem) {
          body { font-size: 15px; } main { padding: 1.25rem .8rem 3rem; } .masthead h1 { font-size: 1.6rem; }
          pre.code, .results, .head { padding-left: .75rem; padding-right: .75rem; }
        }
        @media print {
          :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #ccc; --tint: #f5f5f5; --accent: #0b5a52; }
          body { font-size: 10.5pt; } main { max-width: none; padding: 0; } nav { display: none; }
          .cell { break-inside: auto; } .head, .outcome, figure, tr { break-inside: avoid; } .head { break-after: avoid; }
          pre.code, .fault, .drawing { white-space: pre-wrap; } .scroll { overflow: visible; }
          .prose pre { white-space: pre-wrap; } .rows { font-size: 7pt; } .rows td, .rows th { white-space: normal; overflow-wrap: anywhere; padding-right: .4rem; }
          details > *:not(summary) { display: block; }
        }

        """
}
