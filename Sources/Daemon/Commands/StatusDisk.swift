internal import Configuration
internal import Daemon
internal import Intake
internal import Mail
internal import Store

extension StatusReport {
    /// As the data was opened: a changed configuration counts from the next start on.
    var isEditedOnDisk: Bool { desk.office.data.vault.documents.isEditable }

    /// How the tree of documents is followed, where people edit in it.
    var treeLine: String? {
        guard isEditedOnDisk, desk.isDaemon else { return nil }
        let health = desk.office.keeper.board.health
        let watched = health.watched.map { "\(counted($0, "directory", "directories")) watched" }
        return "Edited on disk     \(watched ?? "looked at once an hour"), "
            + "\(counted(health.adopted, "change")) adopted"
            + (health.lastPass == nil ? ", the first look is under way" : "")
    }

    /// What of it needs a person: documents that are gone by their accounts, the rest together.
    var diskProblems: [String] {
        var problems = disk.filter { $0.kind == .gone }.map {
            "“\($0.path)”: \(counted($0.count, "document")) gone from the disk: mailroom file disk"
        }
        if disk.contains(where: { $0.kind == .watch }) {
            problems.append(
                "changes in the tree of documents are seen once an hour: raise fs.inotify.max_user_watches")
        }
        let strays = disk.count { $0.kind == .stray }
        if strays > 0 {
            problems.append(
                "\(counted(strays, "file")) of one account in another’s directory: mailroom file disk")
        }
        if disk.contains(where: { $0.kind == .room }) {
            problems.append("no room to keep what was changed in the tree of documents; it waits there")
        }
        let others = disk.count { ![.gone, .watch, .stray, .room].contains($0.kind) }
        if others > 0 {
            problems.append(
                "\(counted(others, "thing")) in the tree of documents cannot be taken in: mailroom file disk")
        }
        return problems
    }
}
