internal import HTTP
internal import Markup
internal import QR

/// An address as a QR code, with the quiet zone of four squares that cameras want.
struct CodePicture {
    private let code: QRCode

    /// Nil where the address is too long for any code.
    init?(of address: String) {
        guard let code = QRCode(address) else { return nil }
        self.code = code
    }

    /// As a part of a page: for what no address of a picture may carry.
    func inline(_ label: String) -> HTML {
        let side = code.width + 8
        return """
            <svg class="qr" viewBox="-4 -4 \(side) \(side)" role="img" aria-label="\(label)" \
            shape-rendering="crispEdges"><rect x="-4" y="-4" width="\(side)" height="\(side)" fill="#fff"></rect>\
            <path d="\(code.path)" fill="#000"></path></svg>
            """
    }

    var response: Response {
        let side = code.width + 8
        let drawing = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="-4 -4 \(side) \(side)" shape-rendering="crispEdges">\
            <path fill="#fff" d="M-4-4h\(side)v\(side)h-\(side)z"/><path d="\(code.path)"/></svg>
            """
        return Response(type: "image/svg+xml", Array(drawing.utf8)).under(.download)
    }
}
