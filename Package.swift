// swift-tools-version:6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTPTypesHTTP1: Target.Dependency = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")

let toml: Target.Dependency = .product(name: "TOMLKit", package: "TOMLKit")

let package = Package(
    name: "tickbook",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "tickbook", targets: ["tickbook"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    ],
    targets: [
        .target(name: "CArrow"),
        .target(name: "CDuckDB"),
        .target(name: "CFileSystem"),
        // Linked statically, so that the program runs where the library is not installed.
        .target(
            name: "CMarkdown",
            linkerSettings: [.linkedLibrary(":libcmark-gfm-extensions.a"), .linkedLibrary(":libcmark-gfm.a")]),
        .target(name: "CPluginABI"),
        .target(name: "CReadline", linkerSettings: [.linkedLibrary("readline")]),
        .target(name: "CRows"),
        module("Columnar", ["CArrow"]),
        module("Language", ["Columnar"]),
        module("Planner", ["Columnar", "Language"]),
        module("Engine", ["CFileSystem", "Columnar"]),
        module("DuckDBEngine", ["CArrow", "CDuckDB", "Columnar", "Engine", "Language", "Planner"]),
        module("DeltaTable", ["Columnar", "Engine"]),
        module("Indicators", ["CRows", "Columnar", "Language", "Planner"]),
        .target(
            name: "PluginHost", dependencies: ["CPluginABI", "Columnar", "Indicators", "Language", crypto, toml],
            resources: [.copy("Templates")], swiftSettings: strict),
        module("Learning", ["Columnar", "PluginHost", crypto]),
        module("Charts", ["Columnar", "Language"]),
        module(
            "Runtime",
            [
                "CFileSystem", "Charts", "Columnar", "DeltaTable", "Engine", "Indicators", "Language", "Learning", "Planner", "PluginHost",
                crypto,
            ]),
        module("Publishing", ["CMarkdown", "Language"]),
        module(
            "PredictionServer",
            [
                "Columnar", "Learning", crypto, hummingbird, hummingbirdCore, httpTypes, nioCore, nioHTTP1, nioHTTPTypes, nioHTTPTypesHTTP1,
                logging, serviceLifecycle,
            ]),
        .executableTarget(
            name: "tickbook",
            dependencies: [
                "CReadline", "Charts", "Columnar", "DeltaTable", "DuckDBEngine", "Engine", "Indicators", "Language", "Learning", "Planner",
                "PluginHost", "PredictionServer", "Publishing", "Runtime", argumentParser,
            ],
            swiftSettings: strict),
        .target(name: "CSpawning", path: "Tests/CSpawning"),
        .target(name: "ChildPrograms", dependencies: ["CSpawning"], path: "Tests/ChildPrograms", swiftSettings: strict),
        tests("ColumnarTests", ["CArrow", "Columnar"]),
        tests("LanguageTests", ["Columnar", "Language"]),
        tests("ChartsTests", ["Charts", "Columnar"], exclude: ["Recorded"]),
        tests("PlannerTests", ["Columnar", "Indicators", "Language", "Planner"]),
        tests("CorpusTests", ["Columnar", "DuckDBEngine", "Engine", "Indicators", "Language", "Planner"], exclude: ["Cases"]),
        tests("EngineTests", ["Columnar", "Engine"]),
        tests("DuckDBEngineTests", ["ChildPrograms", "Columnar", "DuckDBEngine", "Engine"]),
        tests("DeltaTableTests", ["ChildPrograms", "Columnar", "DeltaTable", "Engine"], exclude: ["Python"]),
        tests("IndicatorsTests", ["Columnar", "Indicators", "Language", "Planner"], exclude: ["Python", "Recorded"]),
        tests("PluginHostTests", ["Columnar", "Indicators", "Language", "PluginHost"], exclude: ["Python", "Recorded", "Wrong"]),
        tests("LearningTests", ["ChildPrograms", "Columnar", "Language", "Learning", "PluginHost"], exclude: ["Python", "Recorded"]),
        tests("PredictionServerTests", ["Columnar", "Learning", "PredictionServer"], exclude: ["Python"]),
        tests(
            "RuntimeTests",
            ["Charts", "ChildPrograms", "Columnar", "DeltaTable", "DuckDBEngine", "Indicators", "Language", "Learning", "Runtime"],
            exclude: ["Python", "Recorded"]),
        tests("PublishingTests", ["ChildPrograms", "Language", "Publishing"], exclude: ["Python"]),
        tests("CommandLineTests", ["ChildPrograms"], exclude: ["Python"]),
    ]
)

// Built by `make bench-indicators` only.
if Context.environment["TICKBOOK_BENCHMARKS"] != nil {
    package.targets.append(
        .executableTarget(
            name: "indicator-benchmark", dependencies: ["Columnar", "Indicators", "Language"], path: "Benchmarks/indicators",
            swiftSettings: strict))
    package.products.append(.executable(name: "indicator-benchmark", targets: ["indicator-benchmark"]))
}
