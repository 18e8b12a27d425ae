import Glibc
import Mail
import TestServers
import Testing

extension EndToEnd {
    @Suite(
        "To the octet", .enabled(if: DovecotServer.isInstalled, "Dovecot is not installed"))
    struct ExactnessTests {
        private func sync(_ firm: Firm, _ source: Firm.Source, count: Int) throws {
            let began = ContinuousClock.now
            let answer = firm.run("sync", "--once", "--json")
            #expect(answer.status == 0, "\(answer.text.suffix(2000))")
            let seconds = ContinuousClock.now - began
            let report = try Oracle(firm: firm, sources: [source]).report()
            print("\(count) mails in \(seconds): \(report.figures)")
            #expect(report.damages.isEmpty, "\(report.damages.prefix(20))")
            #expect(report.placements == count)
        }

        @Test("every odd mail of the corpus is kept as the server has it, and none blocks the others")
        func corpus() async throws {
            let corpus = Shared.root + "/corpus"
            guard let manifest = TestDirectory.read(corpus + "/MANIFEST.tsv") else {
                try Test.cancel("no shared corpus at \(corpus)")
            }
            guard let server = DovecotServer() else { throw NoServer() }
            let kinds: Set<String> = ["eml", "mbox", "bounce", "authres", "fuzzseed", "upload"]
            var count = 0
            for line in String(decoding: manifest, as: UTF8.self).split(separator: "\n").dropFirst() {
                let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
                guard columns.count > 8, kinds.contains(String(columns[7])), !columns[8].isEmpty,
                    let octets = TestDirectory.read("\(corpus)/\(columns[8])"), !octets.isEmpty
                else { continue }
                server.deliver(octets, to: "office")
                count += 1
            }
            let source = Firm.Source(port: server.port)
            let firm = Firm([source])
            try firm.addClients()
            try sync(firm, source, count: count)
        }

        @Test("and every mail of a made-up firm's year")
        func generated() async throws {
            let script = Shared.root + "/bench/make_corpus.py"
            guard access(script, R_OK) == 0, let python = ChildProcess.find("python3") else {
                try Test.cancel("no generator of mails at \(script)")
            }
            guard let server = DovecotServer() else { throw NoServer() }
            let made = TestDirectory()
            let output = ChildProcess.run([
                python, script, "--out", made.file("mails"), "--format", "eml", "--quiet", "--count",
                "\(Effort.generated)",
            ])
            try #require(output.status == 0, "\(output.text)")
            var count = 0
            for file in Disk.files(below: made.file("mails")) where file.path.hasSuffix(".eml") {
                guard let octets = TestDirectory.read(made.file("mails/\(file.path)")) else { continue }
                server.deliver(octets, to: "office")
                count += 1
            }
            try #require(count == Effort.generated)
            let source = Firm.Source(port: server.port)
            let firm = Firm([source])
            try firm.addClients()
            try sync(firm, source, count: count)
        }
    }
}
