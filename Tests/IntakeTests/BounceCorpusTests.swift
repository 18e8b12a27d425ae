import Mail
import Mailroom
import TestServers
import Testing
import Text

@testable import Intake

@Suite("Real bounces: whom they are about, and how bad it is")
struct BounceCorpusTests {
    /// Why we read some otherwise than others do; whatever differs without being here is a failure.
    static let explained: [String: String] = [
        "aol_01": "the address has no domain, and only the report's own From would give one",
        "dsn_02": "Status is 4.4.7: given up after days; failed all the same",
        "llnl_01": "prose that names three addresses of the same domain",
        "yale_01": "prose: local parts apart from their domain",
        "simple_38": "a disposition notice that says deleted: an event, not a failure",
        "simple_44": "the server's code is 4.4.4: given up after days; failed all the same",
        "yahoo_01": "the server's code is 4.4.1: given up after days; failed all the same",
        "lhost-exim-08": "no code, and nothing that says it would go better another day",
        "lhost-gmail-08": "a warning: it is still tried for two days",
        "lhost-opensmtpd-15": "Action is delayed",
    ]

    private static func name(_ file: String) -> String {
        String(file.split(separator: "/").last?.split(separator: ".").first ?? "")
    }

    @Test("F35: flufl.bounce's: the right recipient and the right class in 95 of 100")
    func f35_flufl() throws {
        guard let corpus = BounceCorpus(for: "flufl's bounces") else { return }
        // Two of its detectors may speak of one file: the one that found somebody counts.
        let cases = Dictionary(grouping: try corpus.flufl(), by: \.file)
            .compactMap { $0.value.max { $0.addresses.count < $1.addresses.count } }
            .filter { !$0.addresses.isEmpty }.sorted { $0.file < $1.file }
        var recipients = 0
        var classes = 0
        for one in cases {
            let reports = try corpus.read(one.file).reports
            let wanted = Set(one.addresses.map { $0.lowercased() })
            // Each report names one of them, as the one it was sent to or as the one it was for.
            let named = reports.map { report in
                Set([report.recipient, report.original].compactMap { $0?.description.lowercased() })
            }
            let isRight =
                named.allSatisfy { !$0.isDisjoint(with: wanted) }
                && wanted.isSubset(of: named.reduce(into: []) { $0.formUnion($1) })
            let digits = Set(reports.compactMap { $0.status?.class })
            let isOfClass = digits == [one.temporary ? .persistentTransient : .permanent]
            recipients += isRight ? 1 : 0
            classes += isOfClass ? 1 : 0
            if !isRight || !isOfClass { try Self.explain(one.file, reports, isRight ? "class" : "recipient") }
        }
        print("flufl's bounces: n \(cases.count), right recipient \(recipients), right class \(classes)")
        #expect(cases.count > 100)
        #expect(recipients * 100 >= cases.count * 95)
        #expect(classes * 100 >= cases.count * 95)
    }

    @Test("F35: sisimai's: the right class in 95 of 100, and somebody is named")
    func f35_sisimai() throws {
        guard let corpus = BounceCorpus(for: "sisimai's bounces") else { return }
        let cases = try corpus.sisimai().filter { one in
            ["4", "5"].contains(one.expected.first?.dsn.prefix(1) ?? "")
        }
        var classes = 0
        var named = 0
        var exact = 0
        for one in cases {
            let reports = try corpus.read(one.file).reports
            let wanted = Set(one.expected.map { String($0.dsn.prefix(1)) })
            let found = Set(reports.compactMap { $0.status.map { String($0.class.rawValue) } })
            classes += wanted == found ? 1 : 0
            named += !reports.isEmpty && reports.allSatisfy { $0.recipient != nil } ? 1 : 0
            exact +=
                Set(one.expected.map(\.dsn)) == Set(reports.compactMap { $0.status?.description }) ? 1 : 0
            if wanted != found { try Self.explain(one.file, reports, "class") }
        }
        print(
            "sisimai's bounces: n \(cases.count), right class \(classes), a recipient named \(named), "
                + "the very status \(exact)")
        #expect(cases.count > 250)
        #expect(classes * 100 >= cases.count * 95)
        #expect(named * 100 >= cases.count * 95)
    }

    private static func explain(_ file: String, _ reports: [MachineReport], _ what: String) throws {
        let why = explained[name(file)]
        print("  \(name(file)): another \(what): \(why ?? "unexplained: \(reports)")")
        #expect(why != nil, "\(file)")
    }

    /// Mail of the corpus that people wrote, or that says of no letter what became of it.
    static let noReports: [String: String] = [
        "groupwise_03": "a person's reply", "lhost-sendmail-14": "a person forwards a bounce",
        "simple_20": "a text from an address like a person's, with no sign of a machine",
        "lhost-fml-03": "a list's manager warns of a loop",
        "lhost-amazonses-09": "a notification service's JSON", "lhost-amazonses-10": "the same",
        "lhost-amazonses-13": "the same",
    ]

    @Test("F35: none of them is answered; what is not known as a machine's is told why")
    func f35_answered() throws {
        guard let corpus = BounceCorpus(for: "whether bounces are answered") else { return }
        let files = Set(try corpus.flufl().map(\.file) + corpus.sisimai().map(\.file)).sorted()
        var answered: [String] = []
        for file in files {
            let read = try corpus.read(file)
            // As if each had been addressed to us by name.
            let addresses = read.facts.envelope.to.compactMap { AddressKey($0.address) }
            let policy = AutomaticAnswerPolicy(own: BounceCorpus.rules.own, addresses: Set(addresses))
            if case .automatic = read.nature {
                if case .success = policy.mayAnswer(read.facts, wasAnsweredToday: { _ in false }) {
                    answered.append(Self.name(file))
                }
                continue
            }
            let why = Self.noReports[Self.name(file)]
            print("  \(Self.name(file)): no machine's report: \(why ?? "unexplained")")
            #expect(why != nil, "\(file)")
        }
        print("bounces: n \(files.count), answered \(answered.count)")
        #expect(answered.isEmpty)
    }

    @Test("F35: none of them is filed, even where every sender is a client")
    func f35_filed() async throws {
        guard let corpus = BounceCorpus(for: "whether bounces are filed") else { return }
        let files = Set(try corpus.flufl().map(\.file) + corpus.sisimai().map(\.file)).sorted()
        let firm = try await Firm()
        let server = FakeMailServer()
        var senders: Set<String> = []
        for file in files {
            server.deliver(try corpus.octets(file))
            guard let from = try corpus.read(file).facts.envelope.from.first?.address,
                let key = AddressKey(from), senders.insert(key.description).inserted
            else { continue }
            try await firm.account("1\(senders.count)", from.description)
        }
        try await firm.sync(server)
        let filed = try await firm.documents()
        print(
            "bounces: n \(files.count), senders who are clients \(senders.count), documents \(filed.count)")
        #expect(filed.isEmpty, "\(filed)")
    }
}
