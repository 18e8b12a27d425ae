internal import HTTP
internal import Mailroom
internal import Markup

/// What is wrong with a search, beside its field, each with what was probably meant.
struct SearchProblemsView {
    private let visit: Visit
    private let problems: [SearchProblem]
    private let page: String

    /// - Parameter page: where the corrected search leads.
    init(_ visit: Visit, _ problems: [SearchProblem], page: String) {
        self.visit = visit
        self.problems = problems
        self.page = page
    }

    var html: HTML {
        guard !problems.isEmpty else { return .empty }
        return """
            <div id="wrong" role="alert">\(problems.map { problem -> HTML in
                """
                <p class="problem">\(Icon("alert").svg)<span>\(visit.say(.problem(problem)))\
                \(problem.corrected.map { corrected -> HTML in
                    " <a href=\"\(link: path(corrected))\">\(visit.say(.didYouMean(corrected)))</a>"
                } ?? .empty)</span></p>
                """
            })</div>
            """
    }

    private func path(_ text: String) -> String {
        page + "?" + FormItems([FormItems.Item("q", text)]).urlEncoded
    }
}
