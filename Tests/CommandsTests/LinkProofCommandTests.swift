import Daemon
import Mail
import Mailroom
import Store
import Testing

@testable import Commands

@Suite("What links ask is chosen, shown and changed by commands")
struct LinkProofCommandTests {
    private static let sabine = "buero@hofmann-brot.example"

    private static func proofs(_ asking: Asking) async throws -> [LinkProof] {
        try await asking.newest().recipients.map(\.proof)
    }

    private static func invite(_ asking: Asking, _ address: String = sabine) async throws {
        _ = try await asking.bench.lines(
            "contact", "edit", address, "--account", "10482", "--switches", "sync notify login")
        _ = try await asking.bench.lines("contact", "invite", address, "--account", "10482")
    }

    @Test("a request’s links ask for what is chosen; it is shown, and changed for all of them")
    func request() async throws {
        let asking = try await Asking()
        let request = try await asking.ask("--proof", "code")
        #expect(try await Self.proofs(asking) == [.code])
        let shown = try await asking.bench.lines("request", "show", "\(request.id)")
        #expect(shown.contains { $0.contains(Self.sabine) && $0.hasSuffix("asks for a code") })
        let json = try await asking.bench.lines("request", "list", "--json").joined()
        #expect(json.contains("\"proof\": \"code\""))
        // Who is added later is asked for no less.
        _ = try await asking.bench.lines(
            "request", "add", "\(request.id)", "--to", "mia@hofmann-brot.example")
        #expect(try await Self.proofs(asking) == [.code, .code])
        // Beside these, the link that anybody may have is not handed out.
        let links = try await asking.bench.lines("request", "link", "\(request.id)", "--json").joined()
        #expect(links.contains("\"link\": null") && links.contains("/u/"))
        _ = try await asking.bench.lines("request", "edit", "\(request.id)", "--proof", "none")
        #expect(try await Self.proofs(asking) == [.nothing, .nothing])
        let audit = try await asking.store.read { try $0.auditEntries() }
        #expect(audit.contains { $0.action == "request.edit" && $0.detail == "proof: none" })
    }

    @Test("a login is asked of those alone who can sign in")
    func login() async throws {
        let asking = try await Asking()
        let (code, printed) = await asking.bench.run(
            "request", "send", "10482", "Lohn", "--to", Self.sabine, "--proof", "login")
        #expect(code == .badData && printed.complaints.joined().contains("can’t sign in"))
        #expect(try await asking.store.read { try $0.requests() }.isEmpty)
        try await Self.invite(asking)
        let request = try await asking.ask("--proof", "login")
        #expect(try await Self.proofs(asking) == [.login])
        // Somebody else of that request can't, and is asked for a code.
        _ = try await asking.bench.lines("request", "add", "\(request.id)", "--to", "neu@bank.example")
        #expect(try await Self.proofs(asking) == [.login, .code])
        #expect(
            await asking.bench.run("request", "edit", "\(request.id)", "--proof", "login").code == .badData)
        #expect(try await Self.proofs(asking) == [.login, .code])
    }

    @Test("a link without a recipient can ask nobody; a word that is none is told")
    func refused() async throws {
        let asking = try await Asking()
        let open = await asking.bench.run(
            "request", "send", "10482", "Lohn", "--no-mail", "--proof", "code")
        #expect(open.code == .badData && open.printed.complaints.joined().contains("no address"))
        #expect(
            await asking.bench.run("request", "send", "10482", "Lohn", "--no-mail", "--proof", "none").code
                == .ok)
        #expect(
            await asking.bench.run("request", "send", "10482", "Lohn", "--to", Self.sabine, "--proof", "kode")
                .code == .usage)
    }

    @Test("where no mail is sent no code is asked for")
    func noServer() async throws {
        let asking = try await Asking("\n[web]\npublic_url = \"https://post.bergmann-stb.example\"")
        let words = ["request", "send", "10482", "Lohn", "--to", Self.sabine, "--no-mail"]
        #expect(await asking.bench.run(words + ["--proof", "code"]).code == .configuration)
        #expect(await asking.bench.run(words).code == .ok)
    }

    @Test("without a word it is as the firm has it, which is no refusal for anybody")
    func usual() async throws {
        let asking = try await Asking(
            Asking.sending + "\n[requests]\nupload_proof = \"login\"\nshare_proof = \"code\"")
        _ = try await asking.ask()
        #expect(try await Self.proofs(asking) == [.code])
        try await Self.invite(asking)
        _ = try await asking.ask()
        #expect(try await Self.proofs(asking) == [.login])
        _ = try await asking.ask("--proof", "none")
        #expect(try await Self.proofs(asking) == [.nothing])
        #expect(await asking.bench.run("request", "send", "10482", "Lohn", "--no-mail").code == .ok)
        let sharing = Sharing(asking: asking)
        let document = try await sharing.put("Abschluss.pdf")
        _ = await sharing.add("10482", "\(document.rawValue)", "--to", Self.sabine)
        #expect(try await sharing.newest().recipients.map(\.proof) == [.code])
    }

    @Test("a share’s links ask for what is chosen, and for something else later, of one or of all")
    func share() async throws {
        let sharing = try await Sharing()
        let document = try await sharing.put("Abschluss.pdf")
        let (code, _) = await sharing.add(
            "10482", "\(document.rawValue)", "--to", Self.sabine, "--to", "kredit@bank.example", "--proof",
            "code")
        #expect(code == .ok)
        func proofs() async throws -> [LinkProof] { try await sharing.newest().recipients.map(\.proof) }
        #expect(try await proofs() == [.code, .code])
        #expect(
            try await sharing.bench.lines("share", "proof", "1", "none", "--to", Self.sabine) == [
                "share 1 asks for nothing for \(Self.sabine)"
            ])
        #expect(try await proofs() == [.nothing, .code])
        #expect(await sharing.bench.run("share", "proof", "1", "login").code == .badData)
        #expect(await sharing.bench.run("share", "proof", "1", "kode").code == .usage)
        let json = try await sharing.bench.lines("share", "proof", "1", "code", "--json").joined()
        #expect(json.contains("\"proof\": \"code\"") && !json.contains("\"proof\": \"none\""))
        #expect(try await sharing.audit().contains { $0.contains("share.proof: code for \(Self.sabine)") })
        _ = try await sharing.bench.lines("share", "revoke", "1")
        #expect(await sharing.bench.run("share", "proof", "1", "none").code == .badData)
    }
}
