// swift-tools-version: 6.2

import PackageDescription

let package = Package(
    name: "benchmarks",
    // Without its traits the repository is the library MM7 and nothing else: there is no version to be exact about.
    dependencies: [.package(name: "mm7-gateway", path: "..", traits: [])],
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
