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

/// What only the gateway needs: a package that depends on this one with `traits: []` resolves and builds the library MM7
/// and nothing else.
let daemon = TargetDependencyCondition.when(traits: ["Daemon"])

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird", condition: daemon)
let hummingbirdTesting = Target.Dependency.product(
    name: "HummingbirdTesting", package: "hummingbird", condition: daemon)
let hummingbirdHTTP2 = Target.Dependency.product(name: "HummingbirdHTTP2", package: "hummingbird", condition: daemon)
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird", condition: daemon)
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle", condition: daemon)
let lifecycleTesting = Target.Dependency.product(
    name: "ServiceLifecycleTestKit", package: "swift-service-lifecycle", condition: daemon)
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle", condition: daemon)
let tracing = Target.Dependency.product(name: "Tracing", package: "swift-distributed-tracing", condition: daemon)
let logging = Target.Dependency.product(name: "Logging", package: "swift-log", condition: daemon)
let metrics = Target.Dependency.product(name: "CoreMetrics", package: "swift-metrics", condition: daemon)
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types", condition: daemon)
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio", condition: daemon)
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio", condition: daemon)
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl", condition: daemon)
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio", condition: daemon)
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2", condition: daemon)
let nioHPACK = Target.Dependency.product(name: "NIOHPACK", package: "swift-nio-http2", condition: daemon)
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio", condition: daemon)
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio", condition: daemon)
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras", condition: daemon)
let nioHTTPTypesHTTP1 = Target.Dependency.product(
    name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras", condition: daemon)
let nioHTTPTypesHTTP2 = Target.Dependency.product(
    name: "NIOHTTPTypesHTTP2", package: "swift-nio-extras", condition: daemon)
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto", condition: daemon)
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser", condition: daemon)

/// What `--version` says beside the number. It has to come from outside: SwiftPM keeps a manifest that did not change, and
/// with it the commit that it saw first.
let commit = Context.environment["MM7_GATEWAY_COMMIT"].flatMap { $0.allSatisfy(\.isHexDigit) ? $0 : nil } ?? ""

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
        .library(name: "MM7", targets: ["MM7"]),
        .executable(name: "mm7-gateway", targets: ["mm7-gateway"]),
    ],
    traits: [
        .trait(name: "Daemon", description: "The gateway. Without it there is the library MM7 alone."),
        .default(enabledTraits: ["Daemon"]),
    ],
    // Each at the version that everything was tested with, because no lock file is kept here: a newer one is a change of
    // its own, with the whole gate. What these bring in turn stays within their own ranges. Whoever uses the library MM7
    // does so with `traits: []`, and is bound by none of them.
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", exact: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
        // What Hummingbird is made of: HTTPServing and MockMMSC speak with it directly.
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        // TLS and HTTP/2 on the listeners, and the checks of certificates and keys that the configuration names.
        .package(url: "https://github.com/apple/swift-nio-ssl.git", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-nio-http2.git", exact: "1.46.0"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics.git", exact: "2.13.0"),
        // The API of spans, which Hummingbird brings in anyway. What exports them is our own: no exporter is kept.
        .package(url: "https://github.com/apple/swift-distributed-tracing.git", exact: "1.7.3"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
    ],
    targets: [
        // The system's libraries, and the one folder of ours that each is imported in.
        cLibrary("CLibXML2", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),
        cLibrary("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        cLibrary("CCompression", pkgConfig: "zlib", apt: "zlib1g-dev"),
        cLibrary("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        cLibrary("CPostgres", pkgConfig: "libpq", apt: "libpq-dev"),
        .systemLibrary(name: "CMalloc"),
        .target(name: "CBuild", cSettings: [.define("MM7_GATEWAY_COMMIT", to: "\"\(commit)\"")]),
        .target(
            name: "MM7",
            dependencies: ["CLibXML2"],
            exclude: ["Schema/Schemas/README.md"],
            resources: [.embedInCode("Schema/Schemas")],
            swiftSettings: ours
        ),
        target("IPRanges", []),
        target("ContentCoding", ["CCompression"]),
        target("Trust", []),
        target("CurlHTTP", ["CCurl", "ContentCoding", "IPRanges", "Trust"]),
        target("Telemetry", ["GatewayCore", metrics]),
        target(
            "HTTPServing",
            [
                "GatewayCore", "IPRanges", "Spans", "Trust", hummingbird, httpTypes, nio, nioPosix, nioHTTP1,
                nioHTTPTypes, nioHTTPTypesHTTP1, nioSSL, nioTLS, nioHTTP2, nioHPACK, nioHTTPTypesHTTP2, lifecycle,
                logging,
            ]),

        // The domain and where it is kept.
        target("GatewayCore", ["MM7", "IPRanges", "Trust", crypto]),
        target("SQLStore", ["GatewayCore"]),
        target("SQLiteStore", ["CSQLite", "GatewayCore", "SQLStore"]),
        target("PostgresStore", ["CPostgres", "GatewayCore", "SQLStore"]),
        target("WorkLoop", ["GatewayCore", lifecycle, logging]),
        target("Logs", [logging]),
        target("Spans", ["GatewayCore", tracing]),
        target(
            "SpanExport",
            [
                "CurlHTTP", "GatewayCore", "HTTPServing", "Spans", "Telemetry", "Trust", "WorkLoop", lifecycle, logging,
                tracing,
            ]),

        // The way of a message, from the customer to the MMSC and back.
        target("OAuth", ["GatewayCore", "HTTPServing", hummingbird, httpTypes, crypto]),
        target(
            "CustomerServing",
            [
                "CurlHTTP", "GatewayCore", "HTTPServing", "OAuth", "Telemetry", hummingbird, httpTypes, crypto, logging,
            ]),
        .target(
            name: "SMSAPI",
            dependencies: [
                "CustomerServing", "GatewayCore", "HTTPServing", "Telemetry", hummingbird, httpTypes, logging,
            ],
            resources: [.embedInCode("OpenAPI/sms.yaml")],
            swiftSettings: ours
        ),
        .target(
            name: "ConversationAPI",
            dependencies: [
                "CustomerServing", "GatewayCore", "HTTPServing", "Telemetry", "WorkLoop", hummingbird, httpTypes,
                crypto,
                lifecycle, logging,
            ],
            resources: [
                .embedInCode("OpenAPI/conversation.yaml"), .embedInCode("OpenAPI/conversation-batch.yaml"),
            ],
            swiftSettings: ours
        ),
        target(
            "Media",
            [
                "GatewayCore", "WorkLoop", "MM7", "CurlHTTP", "IPRanges", "Spans", "Telemetry", "Trust", crypto,
                lifecycle,
                logging,
            ]),
        target("Hosting", ["GatewayCore", "Media", "HTTPServing", hummingbird, httpTypes, nio, crypto]),
        target(
            "ObjectStorage",
            ["GatewayCore", "WorkLoop", "Media", "CurlHTTP", "Spans", "Telemetry", crypto, lifecycle, logging]),
        target(
            "Submission",
            [
                "GatewayCore", "WorkLoop", "Media", "MM7", "CurlHTTP", "ContentCoding", "Spans", "Telemetry", lifecycle,
                logging,
            ]),
        target(
            "MM7Endpoint",
            [
                "GatewayCore", "WorkLoop", "Media", "MM7", "HTTPServing", "IPRanges", "Telemetry", hummingbird,
                httpTypes, crypto,
                lifecycle, logging,
            ]),
        target(
            "Webhooks",
            [
                "GatewayCore", "WorkLoop", "CurlHTTP", "IPRanges", "Spans", "Telemetry", "Trust", crypto, lifecycle,
                logging,
            ]),
        target("Operations", ["GatewayCore", "HTTPServing", "Telemetry", hummingbird, httpTypes]),
        target("Retention", ["GatewayCore", "WorkLoop", "Telemetry", lifecycle, logging]),
        target(
            "MockMMSC",
            [
                "MM7", "CurlHTTP", "HTTPServing", "Trust", hummingbird, hummingbirdTLS, httpTypes, nio, nioSSL, crypto,
                lifecycle, logging,
            ]),

        // What the operator decides, and the whole put together.
        target("ConfigurationReading", []),
        target(
            "GatewayConfiguration",
            [
                "ConfigurationReading", "ConversationAPI", "CurlHTTP", "GatewayCore", "HTTPServing", "IPRanges", "Logs",
                "MM7",
                "MM7Endpoint", "Media", "Trust", logging, nioSSL,
            ]),
        target(
            "Gateway",
            [
                "CMalloc", "GatewayConfiguration", "ConfigurationReading", "ConversationAPI", "CurlHTTP",
                "CustomerServing", "GatewayCore", "Hosting", "HTTPServing", "IPRanges", "Logs", "MM7Endpoint", "Media",
                "OAuth",
                "ObjectStorage", "Operations", "PostgresStore", "Retention", "SMSAPI", "SQLStore", "SQLiteStore",
                "SpanExport", "Spans",
                "Submission",
                "Telemetry", "Webhooks", "Trust", "WorkLoop", hummingbird, lifecycle, unixSignals, logging,
            ]),

        // The operator's commands, and what they ask.
        target(
            "Operating",
            [
                "GatewayConfiguration", "ConfigurationReading", "CurlHTTP", "GatewayCore", "HTTPServing", "MM7",
                "MM7Endpoint", "Media", "ObjectStorage", "PostgresStore", "SQLStore", "SQLiteStore", "Submission",
                "Trust", hummingbird, crypto,
            ]),
        .target(
            name: "Bench",
            dependencies: [
                "GatewayConfiguration", "ConfigurationReading", "CurlHTTP", "Gateway", "GatewayCore", "HTTPServing",
                "Logs", "MM7",
                "Media", "MockMMSC", "Operating", "PostgresStore", "Retention", "SQLStore", "SQLiteStore", "Submission",
                "Telemetry", hummingbird,
                lifecycle, logging,
            ],
            resources: [.embedInCode("Demo/picture.jpg")],
            swiftSettings: ours
        ),
        .executableTarget(
            name: "mm7-gateway",
            dependencies: [
                "Bench", "CBuild", "GatewayConfiguration", "ConfigurationReading", "CurlHTTP", "Gateway", "GatewayCore",
                "HTTPServing",
                "IPRanges", "Logs", "MM7", "Media", "MockMMSC", "Operating", "Trust", lifecycle, logging,
                arguments,
            ],
            swiftSettings: ours
        ),

        // Descriptions in OpenAPI, read as far as tests compare them.
        .target(
            name: "DescribedAPI", dependencies: [httpTypes], path: "Tests/DescribedAPI", swiftSettings: ours),
        // Stand-ins for a store and a clock, for tests alone.
        .target(name: "Doubles", dependencies: ["GatewayCore", logging], path: "Tests/Doubles", swiftSettings: ours),
        // What every store promises, each with its test: those of a store run them all.
        .target(
            name: "StoreConformance", dependencies: ["Doubles", "GatewayCore"], path: "Tests/StoreConformance",
            swiftSettings: ours),
        // A PostgreSQL server on loopback, for tests of what is kept in one.
        .target(
            name: "PostgresServer", dependencies: ["GatewayCore", "PostgresStore"], path: "Tests/PostgresServer",
            swiftSettings: ours),
        tests("MM7", [], fixtures: true),
        tests("IPRanges", []),
        tests("ContentCoding", []),
        tests(
            "CurlHTTP",
            [
                "HTTPServing", "IPRanges", "Trust", hummingbird, hummingbirdHTTP2, hummingbirdTLS, logging, nio, nioSSL,
                crypto,
            ],
            fixtures: true),
        tests("Telemetry", ["GatewayCore", metrics]),
        tests(
            "HTTPServing",
            [
                "GatewayCore", "IPRanges", "Doubles", "CurlHTTP", "Trust", hummingbird, hummingbirdTesting, httpTypes,
                nio,
                nioPosix, nioEmbedded, nioSSL, nioHTTP2, nioHPACK, lifecycle, logging,
            ],
            fixtures: true),
        tests("GatewayCore", ["MM7", "Doubles"]),
        tests("SQLiteStore", ["GatewayCore", "CSQLite", "Doubles", "SQLStore", "StoreConformance"], fixtures: true),
        tests("PostgresStore", ["GatewayCore", "Doubles", "PostgresServer", "SQLStore", "StoreConformance"]),
        tests("Retention", ["GatewayCore", "Telemetry", "Doubles", logging]),
        tests("WorkLoop", ["GatewayCore", "Doubles", lifecycle, logging]),
        tests("Logs", [logging]),
        tests("Spans", ["GatewayCore", tracing]),
        tests(
            "SpanExport",
            [
                "CurlHTTP", "Doubles", "GatewayCore", "HTTPServing", "Spans", "Telemetry", hummingbird, httpTypes,
                lifecycle,
                tracing,
            ],
            fixtures: true),
        tests(
            "SMSAPI",
            [
                "CustomerServing", "DescribedAPI", "GatewayCore", "HTTPServing", "OAuth", "SQLStore", "SQLiteStore",
                "Telemetry",
                "Doubles", hummingbird, hummingbirdTesting, httpTypes, logging,
            ],
            fixtures: true),
        tests("OAuth", ["GatewayCore", "HTTPServing", "Doubles", hummingbird, hummingbirdTesting, httpTypes]),
        tests(
            "CustomerServing",
            [
                "GatewayCore", "HTTPServing", "OAuth", "Telemetry", "Doubles", hummingbird, hummingbirdTesting,
                httpTypes, logging,
            ]),
        tests(
            "ConversationAPI",
            [
                "CustomerServing", "DescribedAPI", "GatewayCore", "HTTPServing", "OAuth", "SQLStore", "SQLiteStore",
                "Telemetry",
                "WorkLoop", "Doubles", hummingbird, hummingbirdTesting, httpTypes, logging,
            ],
            fixtures: true),
        tests(
            "Operations",
            ["GatewayCore", "HTTPServing", "Telemetry", hummingbird, hummingbirdTesting, httpTypes, logging]),
        tests("Media", ["GatewayCore", "CurlHTTP", "IPRanges", "Telemetry", "Doubles", logging]),
        tests(
            "Hosting",
            ["GatewayCore", "HTTPServing", "Media", "Doubles", hummingbird, hummingbirdTesting, httpTypes, crypto]),
        tests(
            "ObjectStorage",
            [
                "GatewayCore", "CurlHTTP", "Media", "SQLStore", "SQLiteStore", "Telemetry", "Doubles", crypto,
                lifecycle, logging,
            ]),
        tests(
            "Submission",
            [
                "GatewayCore", "WorkLoop", "MM7", "CurlHTTP", "Media", "MockMMSC", "Telemetry", "Trust", "Doubles",
                lifecycleTesting, logging,
            ]),
        tests(
            "MM7Endpoint",
            [
                "GatewayCore", "CurlHTTP", "WorkLoop", "Media", "MM7", "HTTPServing", "IPRanges", "Telemetry",
                "Doubles",
                hummingbird,
                hummingbirdTesting, httpTypes, logging,
            ],
            fixtures: true),
        tests(
            "Webhooks",
            [
                "ConfigurationReading", "GatewayConfiguration", "GatewayCore", "CurlHTTP", "HTTPServing", "IPRanges",
                "Telemetry", "Doubles", hummingbird, lifecycle, logging,
            ]),
        tests("MockMMSC", ["MM7", "CurlHTTP", "HTTPServing", hummingbird, httpTypes, lifecycle, logging]),
        tests("ConfigurationReading", []),
        tests(
            "GatewayConfiguration",
            [
                "ConfigurationReading", "ConversationAPI", "GatewayCore", "HTTPServing", "IPRanges", "MM7",
                "MM7Endpoint",
                "Media", "Trust", logging,
            ]),
        tests(
            "Operating",
            [
                "GatewayConfiguration", "GatewayCore", "HTTPServing", "MM7", "Media", "PostgresServer", "PostgresStore",
                "SQLStore", "SQLiteStore", "Submission", "StoreConformance",
            ]),
        // A customer and a storage, for tests of the whole gateway: in one process, and as the built executable.
        .target(
            name: "TestPeers",
            dependencies: [
                "Bench", "CurlHTTP", "HTTPServing", "MockMMSC", hummingbird, httpTypes, lifecycle,
            ],
            path: "Tests/TestPeers",
            swiftSettings: ours
        ),
        tests(
            "Gateway",
            [
                "GatewayConfiguration", "CurlHTTP", "GatewayCore", "HTTPServing", "Hosting", "IPRanges", "Logs", "MM7",
                "MM7Endpoint",
                "MockMMSC", "SQLStore", "SQLiteStore", "Telemetry", "TestPeers", "Trust", "Doubles", hummingbird,
                httpTypes,
                lifecycle,
                logging, crypto,
            ]),
        .testTarget(
            name: "ProgramTests",
            dependencies: [
                "mm7-gateway", "Bench", "CurlHTTP", "GatewayCore", "HTTPServing", "MockMMSC", "PostgresServer",
                "PostgresStore", "SQLStore", "SQLiteStore", "TestPeers", "Trust", hummingbird, arguments,
            ],
            swiftSettings: ours
        ),
        // What the pages of `docs` say is what the code does.
        .testTarget(
            name: "DocumentationTests",
            dependencies: ["mm7-gateway", "Gateway", "GatewayCore", "MM7", "SMSAPI", "Telemetry", arguments],
            swiftSettings: ours
        ),
    ]
)
