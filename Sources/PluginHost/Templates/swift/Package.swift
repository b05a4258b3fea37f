// swift-tools-version:6.0
import PackageDescription

let package = Package(
    name: "__NAME__",
    products: [.library(name: "__NAME__", type: .dynamic, targets: ["__TYPE__"])],
    targets: [
        .target(name: "CTickbookPlugin"),
        .target(name: "TickbookPlugin", dependencies: ["CTickbookPlugin"]),
        .target(name: "__TYPE__", dependencies: ["CTickbookPlugin", "TickbookPlugin"]),
        .testTarget(name: "__TYPE__Tests", dependencies: ["TickbookPlugin", "__TYPE__"]),
    ]
)
