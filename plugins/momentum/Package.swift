// swift-tools-version:6.0
import PackageDescription

let package = Package(
    name: "momentum",
    products: [.library(name: "momentum", type: .dynamic, targets: ["Momentum"])],
    targets: [
        .target(name: "CTickbookPlugin"),
        .target(name: "TickbookPlugin", dependencies: ["CTickbookPlugin"]),
        .target(name: "Momentum", dependencies: ["CTickbookPlugin", "TickbookPlugin"]),
        .testTarget(name: "MomentumTests", dependencies: ["TickbookPlugin", "Momentum"]),
    ]
)
