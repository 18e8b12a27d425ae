internal import HTTP
internal import Mailroom
internal import Store

extension StaffRoutes {
    /// What staff let people look at.
    mutating func addSharePages() {
        get("/accounts/:number/shares") { visit in
            try await SharesPage(frame: AccountFrame.load(visit)).response()
        }
        get("/accounts/:number/shares/new", may: .makeRequests) { visit in
            try await NewSharePage(AccountFrame.load(visit)).page()
        }
        post("/accounts/:number/shares/new", may: .makeRequests) { visit, form in
            try await NewSharePage(AccountFrame.load(visit)).take(form)
        }
        post("/accounts/:number/shares/preview", may: .makeRequests) { visit, form in
            try await NewSharePage(AccountFrame.load(visit)).preview(form)
        }
        post("/accounts/:number/shares/:id/send", may: .makeRequests) { visit, form in
            let to = Self.recipient(visit.answers(form))
            return try await SharesPage(frame: AccountFrame.load(visit)).perform(.shareSent, .send(to))
        }
        post("/accounts/:number/shares/:id/renew", may: .makeRequests) { visit, form in
            guard let to = Self.recipient(visit.answers(form)) else { throw PageError.badRequest }
            return try await SharesPage(frame: AccountFrame.load(visit)).perform(
                .linksRenewed, .renewLink(to))
        }
        get("/accounts/:number/shares/:id/extend", may: .makeRequests) { visit in
            try await ExtendSharePage.load(AccountFrame.load(visit)).response()
        }
        post("/accounts/:number/shares/:id/extend", may: .makeRequests) { visit, form in
            try await ExtendSharePage.load(AccountFrame.load(visit)).take(form)
        }
        get("/accounts/:number/shares/:id/qr.svg", may: .makeRequests) { visit in
            try await SharesPage(frame: AccountFrame.load(visit)).picture(Self.recipient(visit.request.query))
        }
        get("/accounts/:number/shares/:id/proof", may: .makeRequests) { visit in
            try await ShareProofPage.load(AccountFrame.load(visit)).response()
        }
        post("/accounts/:number/shares/:id/proof", may: .makeRequests) { visit, form in
            try await ShareProofPage.load(AccountFrame.load(visit)).take(form)
        }
        get("/accounts/:number/shares/:id/revoke", may: .makeRequests) { visit in
            try await SharesPage(frame: AccountFrame.load(visit)).revoking()
        }
        post("/accounts/:number/shares/:id/revoke", may: .makeRequests) { visit, form in
            let to = Self.recipient(visit.answers(form))
            return try await SharesPage(frame: AccountFrame.load(visit)).perform(
                .shareRevoked, .revoke(to))
        }
    }

    private static func recipient(_ form: FormItems) -> ShareRecipientID? {
        form["to"].flatMap { Int64($0) }.map { ShareRecipientID($0) }
    }
}
