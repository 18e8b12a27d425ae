internal import HTTP
internal import Mailroom
internal import Markup
internal import Store

/// Whose an account can be, in the forms that ask for it.
struct AssigneeChoices {
    private let visit: Visit
    private let colleagues: [Colleague]

    /// - Parameter colleagues: who may see the account.
    init(_ visit: Visit, _ colleagues: [Colleague]) {
        self.visit = visit
        self.colleagues = colleagues
    }

    /// The values of a list, with their words.
    var pairs: [(String, String)] {
        [("", visit.say(.nobodyAssigned))] + colleagues.map { ("\($0.id.rawValue)", $0.name) }
    }

    func ticks(_ name: String, _ ticked: Set<StaffID>) -> [HTML] {
        colleagues.map { colleague in
            """
            <label class="check"><input type="checkbox" name="\(name)" value="\(colleague.id.rawValue)"\
            \(flag: "checked", ticked.contains(colleague.id))>\(colleague.name)</label>
            """
        }
    }

    /// Of what a form names, those who were offered.
    func chosen(_ values: [String]) -> [StaffID] {
        let typed = Set(values.compactMap { Int64($0) })
        return colleagues.map(\.id).filter { typed.contains($0.rawValue) }
    }
}
