import Glibc
import SMTP
import TestServers
import Testing

/// How fast letters go out, against `msmtp` in a loop, to the same Postfix in the same run.
///
/// `MAILROOM_LETTERS=1000 swift test --filter LetterBench` prints seconds and connections of both.
@Suite("Letters by the thousand")
struct LetterBench {
    static let wanted = getenv("MAILROOM_LETTERS").flatMap { Int(String(cString: $0)) }
    static let msmtp = ChildProcess.find("msmtp")

    @Test(
        "against msmtp in a loop",
        .enabled(if: wanted != nil, "MAILROOM_LETTERS is not set"),
        .enabled(if: PostfixServer.isInstalled, "Postfix is not installed, or we are not root"),
        .enabled(if: msmtp != nil, "msmtp is not installed"))
    func letters() async throws {
        let msmtp = try #require(Self.msmtp)
        let count = try #require(Self.wanted)
        let certificates = try #require(TestCertificates(), "openssl is needed")
        let dovecot = try #require(DovecotServer())
        defer { dovecot.stop() }
        var options = PostfixServer.Options()
        options.needsLogin = true
        let server = try #require(PostfixServer(options, delivering: dovecot, certificates: certificates))
        defer { server.stop() }
        let login = SMTPLogin.password(user: "office", secret: "correct horse")
        let endpoint = Post.endpoint(server.port, .startTLS, host: "localhost", caFile: certificates.caFile)
        let body = String(repeating: String(repeating: "x", count: 70) + "\r\n", count: 100)

        let ready = server.connections
        let submitter = Submitter(endpoint)
        let begun = ContinuousClock.now
        for number in 1...count {
            let submission = try await submitter.submit(
                Post.letter(Post.octets(number, body: body)), login: login)
            #expect(submission.summary == ["accepted 250"])
        }
        await submitter.close()
        let ours = ContinuousClock.now - begun
        let ourConnections = server.connections - ready

        let directory = TestDirectory()
        directory.write("correct horse\n", to: "secret")
        let script = """
            for number in $(seq 1 \(count)); do
                "$0" --host=localhost --port=\(server.port) --tls=on --tls-starttls=on \
                    --tls-trust-file=\(certificates.caFile) --auth=plain --user=office \
                    --passwordeval="cat \(directory.file("secret"))" --from=office@firm.example \
                    --domain=firm.example kate@client.example <"\(directory.file("letter"))" || exit 1
            done
            """
        directory.write(Post.octets(0, body: body).filter { $0 != 13 }, to: "letter")
        let started = ContinuousClock.now
        let output = ChildProcess.run(["/bin/sh", "-c", script, msmtp])
        let theirs = ContinuousClock.now - started
        #expect(output.status == 0, "\(output.text)")
        print("\(count) letters of \(Post.octets(1, body: body).count) octets, STARTTLS and login:")
        print("  mailroom \(ours), \(ourConnections) connections")
        print("  msmtp    \(theirs), \(server.connections - ready - ourConnections) connections")
        #expect(ourConnections == 1)
        #expect(ours < theirs)
    }
}
