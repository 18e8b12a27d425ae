import Crypto
import Mail
import Mailroom
import SQLite
import Testing

@testable import Store

@Suite("The steps of the schema")
struct SchemaTests {
    let directory = ScratchDirectory()

    /// Databases exist that were made by them.
    @Test(
        "one that is out in the world is never edited",
        arguments: [
            (1, "dfe0664d4444548aabe41ad2e766f7522c94c399b52b5246e2f1bd1f9456f99e"),
            (2, "9d2f5fd6c3ed96d367321d322f70053eef03d05cb50713982c12a072913980ec"),
            (3, "4b208fdbb6c190538035db0b585c323609619db4ab5dc831ed7c41d7f9bc9868"),
            (4, "81821f71f3099def8b0aae137b7be970ced46e2baad3b3e4266e0d678bee3482"),
            (5, "b728c036d0094370f986b559255edfee8fb8578631c9286d112922fbeabaadd1"),
            (6, "615a473209a1b3fd7499bc8d0b043d867893e79bf5085af9858fbc3f9ed81338"),
        ])
    func unchanged(step: Int, digest: String) {
        #expect(SHA256.digest(of: Array(Schema.steps[step - 1].utf8)).description == digest)
    }

    @Test(
        "an older database becomes what a new one is, and keeps what it has",
        arguments: (1..<Schema.steps.count).map { Array(Schema.steps[..<$0]) } + [
            // The fourth as it first was.
            Schema.steps[..<3] + [Schema.people + Schema.bodies + Schema.search + Schema.versions],
            // The fifth with what is the sixth.
            Schema.steps[..<3] + [
                Schema.people + Schema.bodies + Schema.search + Schema.versions,
                Schema.lateInFour + Schema.steps[4] + Schema.steps[5],
            ],
        ])
    func upgraded(from steps: [String]) throws {
        let old = directory.file("old.db")
        do {
            let connection = try Connection(path: old)
            try connection.add(.mailroom)
            try connection.execute("PRAGMA application_id = \(Schema.applicationID)")
            for step in steps { try connection.execute(step) }
            try connection.execute("INSERT INTO source (name, first_started) VALUES ('office', 7)")
            try connection.execute("PRAGMA user_version = \(steps.count)")
        }
        _ = try Store.open(path: old)
        _ = try Store.open(path: directory.file("new.db"))
        let upgraded = try Connection(path: old)
        #expect(try shape(of: upgraded) == shape(of: Connection(path: directory.file("new.db"))))
        #expect(try upgraded.rows("SELECT name FROM source") { $0.text(0) } == ["office"])
    }

    @Test("folders below folders are no damage, in none of the shapes that they had", arguments: [4, 6, 7])
    func subfolders(steps: Int) async throws {
        let path = directory.file("mailroom.db")
        do {
            let connection = try Connection(path: path)
            try connection.add(.mailroom)
            for step in Schema.steps[..<steps] { try connection.execute(step) }
            try connection.execute(
                """
                PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(steps);
                INSERT INTO account (id, number, type, name, language, directory, created)
                  VALUES (1, '1', 'client', 'A', 'de', '1 A', 7);
                INSERT INTO folder (id, account, name, access) VALUES (1, 1, 'Ablage', 'view');
                INSERT INTO subfolder (folder, path, path_key) VALUES (1, 'Ä/b', 'ä/b'), (1, 'c', 'c')
                """)
        }
        for _ in 0..<2 {
            let store = try Store.open(path: path, check: true)
            let folders = try await store.read { try $0.emptySubfolders(of: AccountID(1)).map(\.components) }
            #expect(Set(folders) == [["Ablage", "Ä", "b"], ["Ablage", "c"]])
        }
    }

    @Test("a database whose folders below folders are no damage is damaged where it is")
    func damaged() throws {
        let path = directory.file("mailroom.db")
        do {
            let connection = try Connection(path: path)
            try connection.add(.mailroom)
            for step in Schema.steps[..<6] { try connection.execute(step) }
            try connection.execute(
                """
                PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = 6;
                INSERT INTO account (id, number, type, name, language, directory, created)
                  VALUES (1, '1', 'client', 'A', 'de', '1 A', 7);
                INSERT INTO folder (id, account, name, access) VALUES (1, 1, 'Ablage', 'view');
                INSERT INTO subfolder (folder, path, path_key) VALUES (1, 'c', 'c');
                PRAGMA ignore_check_constraints = ON;
                UPDATE folder SET access = 'nobody'
                """)
        }
        let error = #expect(throws: StoreError.self) { try Store.open(path: path, check: true) }
        #expect(error?.code == .damaged && error?.words.contains("folder") == true)
    }

    private func shape(of connection: Connection) throws -> [String] {
        try connection.rows("SELECT name || ': ' || coalesce(sql, '') FROM sqlite_schema ORDER BY name") {
            $0.text(0)
        }
    }
}
