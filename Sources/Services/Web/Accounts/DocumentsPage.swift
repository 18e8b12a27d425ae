internal import HTTP
internal import Mail
internal import Mailroom
internal import Markup
internal import Store
internal import Text

/// An account's documents: the tree of folders, and what is in one of them.
struct DocumentsPage {
    let frame: AccountFrame
    private var visit: Visit { frame.visit }
    private static let requestsShown = 5

    func response() async throws -> Response {
        let isTrash = visit.request.query["view"] == "trash"
        let (account, now) = (frame.head.id, visit.now)
        let (tree, trash, requests) = try await visit.read { transaction in
            (
                try transaction.folderTree(of: account), try transaction.trashCount(of: account, now: now),
                try transaction.requests(account: account, states: [.open], limit: Self.requestsShown)
            )
        }
        guard let node = Self.chosen(tree, visit.request.query) else { throw PageError.notFound }
        var query = ShelfQuery()
        query.account = account
        query.limit = 1000
        query.staff = visit.staff
        if isTrash {
            query.isTrash = true
            query.trashedSince = StoreTransaction.trashStart(now)
        } else {
            query.place = node.place
        }
        let asked = query
        let documents = try await visit.read { try $0.shelf(asked) }
        let treeView = FolderTreeView(
            frame: frame, tree: tree, current: isTrash ? nil : node.place, trash: trash)
        let shelf = FolderView(frame: frame, tree: tree, node: node, documents: documents, isTrash: isTrash)
        let place = FolderLink(place: node.place).query
        let back = frame.path(.documents) + (isTrash ? "?view=trash" : "?" + place)
        let content: HTML = """
            <div class="docs" id="docs" data-part="\(frame.part) requests">\(treeView.html)\(shelf.html)\
            <aside class="side" aria-label="\(visit.say(.openRequestsHere))">\(requests.map { RequestCard(visit: visit, request: $0, back: back).html })</aside></div>
            """
        return try await frame.page(.documents, content)
    }

    /// The folder that the address names; without one, where clients upload.
    static func chosen(_ tree: [FolderNode], _ query: FormItems) -> FolderNode? {
        guard let text = query["folder"] else { return tree.first(where: \.isDefault) ?? tree.first }
        guard let id = Int64(text) else { return nil }
        let place = FolderPlace(FolderID(id), path: query["path"] ?? "")
        return tree.lazy.flatMap(\.all).first { $0.place == place }
    }
}

/// A folder as addresses name it.
struct FolderLink {
    let place: FolderPlace

    var items: [FormItems.Item] {
        var items = [FormItems.Item("folder", "\(place.folder.rawValue)")]
        if !place.path.isEmpty { items.append(FormItems.Item("path", place.path)) }
        return items
    }

    var query: String { FormItems(items).urlEncoded }

    /// The same as hidden fields of a form.
    var fields: HTML {
        items.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as HTML }.joined()
    }
}
