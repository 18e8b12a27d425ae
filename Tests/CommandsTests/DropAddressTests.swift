import Daemon
import Mail
import Mailroom
import Store
import Testing
import Text

@testable import Commands

@Suite("Drop addresses: what goes there is the account's")
struct DropAddressTests {
    @Test("from someone on its list it is filed; from anybody else it goes to Intake")
    func drop() async throws {
        let asking = try await Asking()
        let bench = asking.bench
        _ = try await bench.lines("account", "edit", "10482", "--drop-address", "new")
        let address = try await bench.office.data.store.read { transaction in
            try transaction.dropAddresses(of: transaction.accountID(AccountNumber("10482")!)!)[0]
        }
        #expect(address.hasPrefix("office+10482-"))
        #expect(address.hasSuffix("@bergmann-stb.example"))
        #expect(try await bench.lines("account", "show", "10482").last == "drop addresses  \(address)")
        var known = Letter().with("a.pdf", Letter.pdf("a"))
        known.to = address
        var unknown = Letter(from: "eve@evil.example", id: "2@x").with("b.pdf", Letter.pdf("b"))
        unknown.to = address
        try await bench.receive(known)
        try await bench.receive(unknown)
        #expect(
            bench.files == [
                "10482 Bäckerei Hofmann GmbH/Mandantenunterlagen/2026/a.pdf",
                "10482 Bäckerei Hofmann GmbH/Posteingang/b.pdf",
            ])
        _ = try await bench.lines("account", "edit", "10482", "--no-drop-address", address)
        #expect(try await bench.audit().prefix(2).map(\.action) == ["account.edit", "account.edit"])
        #expect(
            await bench.run("account", "edit", "10482", "--no-drop-address", address).code == .noSuchThing)
    }

    @Test("an address stands for one account, and never for one that everybody writes to")
    func taken() async throws {
        let asking = try await Asking()
        let bench = asking.bench
        _ = try await bench.lines("account", "edit", "10482", "--drop-address", "hofmann@drop.example")
        for address in [
            "hofmann@drop.example", "buero@hofmann-brot.example", "office@bergmann-stb.example", "x",
        ] {
            let (code, printed) = await bench.run("account", "edit", "20001", "--drop-address", address)
            #expect(code == .badData, "\(address)")
            #expect(printed.complaints.count == 1)
        }
    }
}
