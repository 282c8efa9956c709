// swift-tools-version: 6.2

import PackageDescription

/// Every target of ours is built alike: Swift 6 mode, explicit existentials, imports that say what they export.
let ours: [SwiftSetting] =
    [
        .swiftLanguageMode(.v6),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
    ] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

func cLibrary(_ name: String, pkgConfig: String, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

func target(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: ours)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], fixtures: Bool = false) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.init(stringLiteral: name)] + dependencies,
        resources: fixtures ? [.copy("Fixtures")] : [],
        swiftSettings: ours
    )
}

let package = Package(
    name: "mm7-gateway",
    products: [
        .library(name: "MM7", targets: ["MM7"])
    ],
    targets: [
        // The system's libraries, and the one folder of ours that each is imported in.
        cLibrary("CLibXML2", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),
        cLibrary("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        cLibrary("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        target("MM7", ["CLibXML2"]),
        target("IPRanges", []),
        target("CurlHTTP", ["CCurl", "IPRanges"]),

        // The domain and where it is kept.
        target("GatewayCore", ["MM7", "IPRanges"]),
        target("SQLiteStore", ["CSQLite", "GatewayCore"]),

        tests("MM7", [], fixtures: true),
        tests("IPRanges", []),
        tests("CurlHTTP", ["IPRanges"]),
        tests("GatewayCore", ["MM7"]),
        tests("SQLiteStore", ["GatewayCore", "CSQLite"]),
    ]
)
