package import Mailroom
package import Markup

extension Visit {
    /// Whether the client sees it, in the same words and the same colour everywhere.
    package func badge(_ access: Access) -> HTML {
        switch access {
        case .edit: "<span class=\"badge edit\">\(Icon("pen").svg)\(say(.clientMayEdit))</span>"
        case .view: "<span class=\"badge view\">\(Icon("eye").svg)\(say(.clientMayView))</span>"
        case .private: "<span class=\"badge private\">\(Icon("lock").svg)\(say(.teamOnly))</span>"
        }
    }
}
