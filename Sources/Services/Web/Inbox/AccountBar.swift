internal import Mail
internal import Mailroom
internal import Markup
internal import Store

/// Whose a conversation is, how that was found, and whether the sender is who he says.
struct AccountBar {
    let pane: ConversationPane

    private var visit: Visit { pane.visit }
    private var row: ConversationRow { pane.row }

    var html: HTML {
        """
        <div class="linkbar">\(face)<p class="grow wide">\(name)<br><span class="muted">\(reason)</span></p>\(change)</div>
        """
    }

    private var face: HTML {
        row.accountName.map { Avatar($0, "lg square").html }
            ?? "<span class=\"avatar lg square t6\" aria-hidden=\"true\">?</span>"
    }

    private var name: HTML {
        if let name = row.accountName, let number = row.accountNumber {
            return "<a class=\"name\" href=\"\(link: "/accounts/\(number)")\">\(name)</a>"
        }
        return "<b class=\"name\">\(visit.say(row.isOther ? .other : .unknownSender))</b>"
    }

    private var reason: HTML {
        guard let message = pane.answered else { return .empty }
        let summary = message.summary
        let words = row.account == nil ? visit.say(.nobodyFound) : visit.reason(summary.matchReason)
        return """
            \(words) · <a href="\(link: "/c/\(row.id)/why")">\(visit.say(.why))</a> \(verdict(summary))
            """
    }

    private func verdict(_ message: MessageSummary) -> HTML {
        guard message.direction == "in" else { return .empty }
        return VerdictBadge(verdict: message.verdict, visit: visit).html
    }

    private var change: HTML {
        // A stranger's mail: whoever says whose it is is asked for the earlier ones, too.
        if row.account == nil, let message = pane.answered?.summary, message.direction == "in",
            let address = message.fromAddress, let key = AddressWords.key(address)
        {
            return button("/unknown/link?" + key, .linkSender)
        }
        let query = pane.query.path().split(separator: "?", maxSplits: 1).dropFirst().first
        return button("/c/\(row.id)/account" + (query.map { "?\($0)" } ?? ""), .changeAccount)
    }

    private func button(_ path: String, _ words: Phrase) -> HTML {
        """
        <a class="btn small" id="change-account" href="\(link: path)">\(Icon("move").svg)<span>\(visit.say(words))</span></a>
        """
    }
}
