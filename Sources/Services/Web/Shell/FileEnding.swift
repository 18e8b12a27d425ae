package import Markup

/// A file as a sheet of paper with the ending of its name.
package struct FileEnding: Hashable, Sendable {
    private let text: String

    package init(_ name: String) {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        let last = parts.count > 1 ? parts.last ?? "" : ""
        text = (1...4).contains(last.count) ? last.uppercased() : ""
    }

    package var html: HTML { "<span class=\"ft \(tint)\" aria-hidden=\"true\">\(text)</span>" }

    private var tint: String {
        switch text {
        case "PDF": "t4"
        case "XLSX", "XLS", "ODS", "CSV": "t1"
        case "JPG", "JPEG", "PNG", "HEIC", "TIF", "TIFF": "t5"
        case "DOCX", "DOC", "ODT": "t2"
        default: "t6"
        }
    }
}
