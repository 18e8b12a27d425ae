// swift-tools-version: 6.2
import PackageDescription

// Five layers, one folder each. A target may depend on the layers below its
// own and on nothing above it; ARCHITECTURE.md says what each is for.
let package = Package(
    name: "mailroom",
    products: [.executable(name: "mailroom", targets: ["mailroom"])],
    targets: [
        // What Swift must see of a C library: headers and shims, no decisions.
        c("CArchive", apt: "libarchive-dev"),
        c("CCrypt", apt: "libcrypt-dev"),
        c("CCurl", apt: "libcurl4-gnutls-dev"),
        c("CEtPan", apt: "libetpan-dev"),
        c("CGnuTLS", apt: "libgnutls28-dev"),
        c("CICU", apt: "libicu-dev"),
        c("CMicroHTTPD", apt: "libmicrohttpd-dev"),
        c("CPSL", apt: "libpsl-dev"),
        c("CQREncode", apt: "libqrencode-dev"),
        c("CSQLite", apt: "libsqlite3-dev"),
        c("CZlib", apt: "zlib1g-dev"),
        shim("CGumbo"),
        shim("CLinux"),
        shim("CTOML"),

        // Standards and machinery in safe Swift; knows no clients, no staff.
        library("Mail"),
        library("Workers", ["CLinux"]),
        library("Crypto", ["Mail", "Workers", "CCrypt", "CGnuTLS"]),
        library("Files", ["Mail", "Workers", "CLinux"]),
        library("SQLite", ["CSQLite"]),
        library("Text", ["Mail", "CICU", "CPSL"]),
        library("TOML", ["Text", "CTOML"]),
        library("Secrets"),
        library("MIME", ["Mail", "Crypto", "Text"]),
        library("Transport", ["Mail", "Workers", "CLinux", "CGnuTLS"]),
        library("IMAP", ["Mail", "Workers", "Transport", "CEtPan"]),
        library("Curl", ["CCurl"]),
        library("SMTP", ["Mail", "Workers", "Curl"]),
        library("HTTPClient", ["Mail", "Workers", "Curl"]),
        library("Archive", ["Mail", "CArchive", "CGnuTLS"]),
        library("Sandbox", ["CLinux"]),
        library("Scanner"),
        library("Systemd", ["CLinux"]),
        library("Markup"),
        library("Sanitizer", ["Markup", "CGumbo"]),
        library("HTTP", ["Mail", "Workers", "CLinux", "CMicroHTTPD", "CZlib"]),
        library("QR", ["CQREncode"]),
        library("Processes", ["Mail", "CLinux"]),
        library("OAuth2", ["Mail", "Workers", "Crypto", "Secrets", "HTTPClient", "CLinux"]),

        // What it decides, and what it remembers.
        domain("Mailroom", ["Mail", "Text", "Crypto", "Markup"]),
        domain(
            "Store",
            ["Mailroom", "Mail", "MIME", "Markup", "Text", "SQLite", "Files", "Crypto", "Workers"]),

        // What Mailroom does, all day.
        service(
            "Intake",
            [
                "Store", "Mailroom", "Mail", "MIME", "IMAP", "Archive", "Sandbox", "Scanner", "Files",
                "Crypto",
                "Text", "Workers", "Systemd",
            ]),
        service(
            "Outbox",
            [
                "Store", "Mailroom", "Mail", "MIME", "SMTP", "IMAP", "Files", "Crypto", "Text", "Workers",
                "Systemd",
            ]),

        service(
            "Web",
            [
                "Store", "Mailroom", "Mail", "MIME", "HTTP", "Markup", "Sanitizer", "Files", "Crypto", "Text",
                "Workers", "Systemd", "QR", "Archive",
            ],
            assets: [
                "app.css", "icons.svg", "live.js", "body.css", "body.js", "accounts.css", "accounts.js",
                "asking.css", "asking.js",
                "inbox.css", "inbox.js", "message.css", "message.js", "search.css", "search.js",
                "settings.css", "settings.js", "triage.css", "triage.js", "links.css", "clients.css",
                "sending.js", "upload.js",
                "opened.js",
            ]),
        service(
            "Indexing",
            ["Store", "Mailroom", "Mail", "MIME", "Archive", "Files", "Workers", "Systemd"]),
        service("Logins", ["OAuth2", "Mailroom", "Mail", "Files", "Secrets", "Systemd", "Workers"]),

        // Starts, stops, reads the configuration; the command line.
        top("Configuration", ["Mailroom", "Mail", "HTTP", "Text", "TOML", "Secrets"]),
        top(
            "Daemon",
            [
                "Configuration", "Intake", "Outbox", "Logins", "Indexing", "Web", "Archive", "Sandbox",
                "Store", "Mailroom", "Mail", "Text",
                "Transport", "IMAP", "SMTP", "HTTP", "OAuth2", "Secrets", "Workers", "Systemd", "Files",
                "Crypto",
            ]),
        top("Demo", ["Mail", "Processes"]),
        top(
            "Commands",
            [
                "Daemon", "Demo", "Configuration", "Intake", "Outbox", "Logins", "SMTP", "OAuth2", "Secrets",
                "Store", "Mailroom", "Mail", "MIME", "Archive", "Sandbox", "Crypto", "Text", "Files",
                "Workers", "Transport", "IMAP", "Scanner", "Systemd", "Processes", "HTTP",
            ]),
        .executableTarget(
            name: "mailroom", dependencies: ["Commands"], path: "Sources/Daemon/mailroom",
            swiftSettings: House.strict),

        // Real servers and scripted ones for the tests; nothing of it is installed.
        .target(
            name: "TestServers", dependencies: ["Mail", "Workers", "Crypto", "CLinux", "CGnuTLS"],
            path: "Tests/TestServers",
            swiftSettings: House.relaxed),
        tests("MailTests", ["Mail"]),
        tests("WorkersTests", ["Workers", "Files", "Crypto", "QR", "SQLite", "Systemd", "Mail"]),
        tests("HTTPTests", ["HTTP", "Markup", "Mail", "Workers", "TestServers"]),
        tests("SanitizerTests", ["Sanitizer", "Markup"]),
        .executableTarget(
            name: "MailPages", dependencies: ["Sanitizer", "Markup", "HTTP"], path: "Tests/MailPages",
            swiftSettings: House.relaxed),
        tests("TextTests", ["Text", "Mail"]),
        tests("MIMETests", ["MIME", "Mail", "Crypto", "TestServers"]),
        tests("IMAPTests", ["IMAP", "Transport", "Mail", "Workers", "TestServers"]),
        tests("SMTPTests", ["SMTP", "Mail", "Workers", "TestServers"]),
        tests("HTTPClientTests", ["HTTPClient", "Workers", "TestServers"]),
        // What the tests start in place of `mailroom child`, and what misbehaves there.
        .executableTarget(
            name: "ArchiveChild", dependencies: ["Archive", "Sandbox", "CLinux"], path: "Tests/ArchiveChild",
            swiftSettings: House.relaxed),
        tests("ArchiveTests", ["Archive", "Sandbox", "Scanner", "Mail", "CLinux", "ArchiveChild"]),
        tests(
            "OAuth2Tests",
            [
                "OAuth2", "Logins", "Secrets", "Crypto", "Files", "IMAP", "SMTP", "Mail", "Systemd",
                "Workers",
                "TestServers",
            ]),
        tests("MailroomTests", ["Mailroom", "Mail", "Text"]),
        tests("StoreTests", ["Store", "Mailroom", "Mail", "Text", "SQLite", "Files", "Crypto"]),
        tests("ConfigurationTests", ["Configuration", "TOML", "Secrets", "Mailroom", "Mail", "Text"]),
        tests(
            "IntakeTests",
            [
                "Intake", "Indexing", "Store", "Mailroom", "Mail", "MIME", "IMAP", "Archive", "Sandbox",
                "SQLite", "Text",
                "Files", "Crypto", "Systemd", "Workers", "TestServers", "ArchiveChild",
            ]),
        tests(
            "OutboxTests",
            [
                "Outbox", "Store", "Mailroom", "Mail", "MIME", "SMTP", "IMAP", "SQLite", "Text", "Files",
                "Systemd", "Workers", "TestServers",
            ]),
        tests(
            "WebTests",
            [
                "Web", "Store", "SQLite", "Mailroom", "Mail", "HTTP", "Markup", "Text", "Crypto", "Files",
                "Workers", "Systemd", "Processes",
            ]),
        tests("DemoTests", ["Demo", "Processes", "Mail"]),
        tests(
            "EndToEndTests",
            ["TestServers", "Mail", "SQLite", "Crypto", "Workers"]),
        tests(
            "CommandsTests",
            [
                "Commands", "Daemon", "Configuration", "Demo", "Intake", "Store", "Mailroom", "Mail", "IMAP",
                "MIME",
                "Systemd", "Text", "Files", "Workers", "TestServers", "mailroom", "HTTP", "Web", "Outbox",
                "Crypto",
            ]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// MARK: - The layers

/// The rules every module is compiled under, and what the helpers below have declared so far.
enum House {
    /// Tests may use pointers as they like; warnings are errors there too.
    static let relaxed: [SwiftSetting] = [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
    static let strict = relaxed + [.strictMemorySafety(), .enableUpcomingFeature("InternalImportsByDefault")]

    nonisolated(unsafe) static var layers: [String: Int] = [:]

    /// The only imports that do not point down.
    static let doors: [String: Set<String>] = [
        "IMAP": ["Transport"], "SMTP": ["Curl"], "HTTPClient": ["Curl"], "MIME": ["Crypto", "Text"],
        "TOML": ["Text"], "Sanitizer": ["Markup"],
        "OAuth2": ["Crypto", "Secrets", "HTTPClient"], "Store": ["Mailroom"],
        "Daemon": ["Configuration"], "Commands": ["Daemon", "Demo", "Configuration"],
    ]
}

/// A library of Debian's as Swift sees it: one umbrella header and a module map.
func c(_ name: String, apt: String) -> Target {
    House.layers[name] = 0
    return .systemLibrary(name: name, path: "Sources/C/\(name)", providers: [.apt([apt])])
}

/// A few lines of C or C++ where a header alone will not do.
func shim(_ name: String) -> Target {
    House.layers[name] = 0
    return .target(name: name, path: "Sources/C/\(name)", cxxSettings: [.define("NDEBUG")])
}

func library(_ name: String, _ below: [String] = []) -> Target { layer(1, "Library", name, below) }
func domain(_ name: String, _ below: [String] = []) -> Target { layer(2, "Domain", name, below) }
/// - Parameter assets: files of its folder Assets that are built into the binary.
func service(_ name: String, _ below: [String] = [], assets: [String] = []) -> Target {
    layer(3, "Services", name, below, assets)
}
func top(_ name: String, _ below: [String] = []) -> Target { layer(4, "Daemon", name, below) }

/// Traps on a dependency that points up, or sideways where the house has no such door.
func layer(
    _ level: Int, _ folder: String, _ name: String, _ below: [String], _ assets: [String] = []
) -> Target {
    for dependency in below {
        guard let its = House.layers[dependency] else {
            fatalError("\(name) depends on \(dependency), which is not declared above it")
        }
        let everyLibraryMay = level == 1 && ["Mail", "Workers"].contains(dependency)
        let sideways = its == level && (House.doors[name]?.contains(dependency) == true || everyLibraryMay)
        precondition(its < level || sideways, "\(name) may not depend on \(dependency): imports point down")
    }
    House.layers[name] = level
    return .target(
        name: name, dependencies: below.map { .byName(name: $0) }, path: "Sources/\(folder)/\(name)",
        resources: assets.isEmpty ? nil : assets.map { .embedInCode("Assets/\($0)") },
        swiftSettings: House.strict)
}

/// Real parts, no mocks: see CONTRIBUTING.md.
func tests(_ name: String, _ dependencies: [String]) -> Target {
    .testTarget(
        name: name, dependencies: dependencies.map { .byName(name: $0) }, path: "Tests/\(name)",
        swiftSettings: House.relaxed)
}
