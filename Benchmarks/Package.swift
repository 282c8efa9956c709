// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "benchmarks",
    // Of the repository only what the library MM7 needs is built, which is nothing but the library.
    dependencies: [.package(name: "mm7-gateway", path: "..")],
    targets: [
        .executableTarget(
            name: "Benchmarks",
            dependencies: [.product(name: "MM7", package: "mm7-gateway")],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("InternalImportsByDefault"),
            ]
        )
    ]
)
