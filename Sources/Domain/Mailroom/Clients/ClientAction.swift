/// What somebody may ask to do with the documents of an account on the clients' pages.
package enum ClientAction: String, Hashable, Sendable, CaseIterable {
    /// See that a folder is there, and the names of what is in it.
    case list
    /// Read about a document: its name, its size, when it came.
    case read
    /// See its pages as pictures.
    case preview
    case download
    /// Fetch a folder and all below it.
    case zip
    case upload
    case rename
    /// Move a document from a folder; where it goes is asked for by itself.
    case moveOut = "move_out"
    /// Move a document into a folder.
    case moveIn = "move_in"
    /// Put a document in the trash.
    case trash
    case makeFolder = "make_folder"
    case renameFolder = "rename_folder"
    /// Remove a folder, and put all that is in it in the trash.
    case removeFolder = "remove_folder"

    /// Whether it leaves everything as it is.
    package var isLooking: Bool {
        switch self {
        case .list, .read, .preview, .download, .zip: true
        case .upload, .rename, .moveOut, .moveIn, .trash, .makeFolder, .renameFolder, .removeFolder: false
        }
    }

    /// Whether it changes the folder itself, not what is in it.
    package var isOfFolder: Bool {
        switch self {
        case .renameFolder, .removeFolder: true
        case .list, .read, .preview, .download, .zip, .upload, .rename, .moveOut, .moveIn, .trash,
            .makeFolder:
            false
        }
    }
}

/// The answer to whoever asks.
package enum ClientVerdict: Hashable, Sendable {
    case allowed
    /// They see the folder, and may not do that.
    case refused
    /// For them there is no such thing.
    case hidden
}
