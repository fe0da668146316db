// swift-tools-version: 6.3
import PackageDescription

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")

let package = Package(
  name: "mcp-sidecar",
  products: [
    .library(name: "MCPStore", targets: ["MCPStore"]),
    .library(name: "MCPTestSupport", targets: ["MCPTestSupport"]),
    .executable(name: "mcp-sidecar", targets: ["mcp-sidecar"]),
    .executable(name: "mcp-query", targets: ["mcp-query"]),
  ],
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
  ],
  targets: [
    // MARK: Libraries, from the bottom up
    .systemLibrary(name: "CMCPZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CMCPSQLite",
      pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"])]
    ),
    .target(name: "CMCPLogBuffer", dependencies: ["CMCPSQLite"]),
    .target(name: "MCPEvents"),
    .target(name: "CMCPSystem"),
    .target(name: "MCPSystem", dependencies: ["CMCPSystem"]),
    .target(name: "MCPGzip", dependencies: ["CMCPZlib"]),
    .target(name: "MCPAdapters", dependencies: ["MCPEvents"]),
    .target(
      name: "MCPStore",
      dependencies: [
        "CMCPLogBuffer", "CMCPSQLite", "MCPEvents", "MCPSystem",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        crypto,
      ]
    ),
    .target(
      name: "MCPArchive",
      dependencies: ["MCPEvents", "MCPGzip", "MCPStore", "MCPSystem", crypto]
    ),
    .target(
      name: "MCPIngest",
      dependencies: [
        "MCPAdapters", "MCPEvents", "MCPGzip", "MCPStore", "MCPSystem", crypto, logging,
      ]
    ),
    .target(name: "MCPTestSupport", dependencies: ["MCPEvents", "MCPStore", "MCPSystem"]),

    // MARK: Commands
    .target(
      name: "MCPCommandLine",
      dependencies: ["MCPEvents", "MCPStore", "MCPSystem", argumentParser]
    ),
    .executableTarget(
      name: "mcp-sidecar",
      dependencies: [
        "MCPCommandLine", "MCPEvents", "MCPIngest", "MCPStore", "MCPSystem", argumentParser,
        logging,
      ]
    ),
    .executableTarget(
      name: "mcp-query",
      dependencies: [
        "MCPArchive", "MCPCommandLine", "MCPEvents", "MCPStore", "MCPSystem", argumentParser,
      ]
    ),

    // MARK: Examples
    .executableTarget(
      name: "quick-start",
      dependencies: ["MCPStore"],
      path: "Examples/quick-start"
    ),

    // MARK: Tools
    .executableTarget(
      name: "generate-events",
      dependencies: [argumentParser],
      path: "Tools/generate-events"
    ),
    .executableTarget(
      name: "bench-stages",
      dependencies: ["MCPEvents", "MCPStore", "MCPSystem"],
      path: "Tools/bench/stages"
    ),

    // MARK: Tests
    .testTarget(name: "MCPEventsTests", dependencies: ["MCPEvents", "MCPTestSupport"]),
    .testTarget(name: "MCPSystemTests", dependencies: ["MCPSystem", "MCPTestSupport"]),
    .testTarget(name: "MCPGzipTests", dependencies: ["MCPGzip"]),
    .testTarget(name: "MCPAdaptersTests", dependencies: ["MCPAdapters", "MCPTestSupport"]),
    .testTarget(
      name: "MCPStoreTests",
      dependencies: [
        "MCPEvents", "MCPStore", "MCPSystem", "MCPTestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      resources: [.copy("Fixtures")]
    ),
    .testTarget(name: "MCPArchiveTests", dependencies: ["MCPArchive", "MCPTestSupport"]),
    .testTarget(name: "MCPIngestTests", dependencies: ["MCPIngest", "MCPTestSupport"]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "mcp-sidecar", "mcp-query", "generate-events", "quick-start", "MCPTestSupport",
      ]
    ),
  ],
  swiftLanguageModes: [.v6]
)

// One standard for every Swift target, so that no module drifts.
for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .treatWarning("DeprecatedDeclaration", as: .warning),
    .treatWarning("ExplicitSendable", as: .error),
  ]
}
