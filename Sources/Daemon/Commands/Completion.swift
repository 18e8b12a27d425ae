/// Completions for shells, made from the table of commands.
enum Completion {
    static let shells = ["bash", "zsh", "fish"]

    static func script(for shell: String) -> String? {
        switch shell {
        case "bash": bash
        case "zsh": "#compdef mailroom\nautoload -U bashcompinit\nbashcompinit\n" + bash
        case "fish": fish
        default: nil
        }
    }

    private static var visible: [Command] { CommandTable.forPeople }

    private static var nouns: [String] {
        var seen: [String] = []
        for command in visible {
            let noun = String(command.name.prefix { $0 != " " })
            if !seen.contains(noun) { seen.append(noun) }
        }
        return seen
    }

    private static func verbs(of noun: String) -> [String] {
        visible.filter { $0.name.hasPrefix(noun + " ") }.map { String($0.name.dropFirst(noun.count + 1)) }
    }

    private static var bash: String {
        var cases = ""
        for noun in nouns where !verbs(of: noun).isEmpty {
            cases += "        \(noun)) verbs='\(verbs(of: noun).joined(separator: " "))' ;;\n"
        }
        var options = ""
        for command in visible where !command.options.isEmpty {
            let names = command.options.map(\.name).joined(separator: " ")
            options += "        '\(command.name)') options='\(names)' ;;\n"
        }
        return """
            _mailroom() {
                local word=${COMP_WORDS[COMP_CWORD]} at=1 noun verbs='' options='' name
                while [ "$at" -lt "$COMP_CWORD" ]; do
                    case ${COMP_WORDS[at]} in
                        -C) at=$((at + 2)) ;;
                        --json) at=$((at + 1)) ;;
                        *) break ;;
                    esac
                done
                if [ "$at" -gt "$COMP_CWORD" ]; then
                    COMPREPLY=($(compgen -f -- "$word"))
                    return
                fi
                if [ "$at" -eq "$COMP_CWORD" ]; then
                    COMPREPLY=($(compgen -W '\(nouns.joined(separator: " ")) -C --json --help' -- "$word"))
                    return
                fi
                noun=${COMP_WORDS[at]}
                case $noun in
                    completion) verbs='\(shells.joined(separator: " "))' ;;
            \(cases)    esac
                if [ -n "$verbs" ] && [ "$COMP_CWORD" -eq $((at + 1)) ]; then
                    COMPREPLY=($(compgen -W "$verbs" -- "$word"))
                    return
                fi
                name=$noun
                [ -n "$verbs" ] && name="$noun ${COMP_WORDS[at + 1]}"
                case $name in
            \(options)    esac
                case $word in
                    -*) COMPREPLY=($(compgen -W "$options --help" -- "$word")) ;;
                    *) COMPREPLY=($(compgen -f -- "$word")) ;;
                esac
            }
            complete -F _mailroom mailroom

            """
    }

    private static var fish: String {
        var lines: [String] = []
        func quoted(_ text: String) -> String {
            "'" + text.split(separator: "'").joined(separator: "\\'") + "'"
        }
        for noun in nouns {
            let verbs = verbs(of: noun)
            let summary =
                verbs.isEmpty
                ? visible.first { $0.name == noun }?.summary ?? "" : verbs.joined(separator: ", ")
            lines.append("complete -c mailroom -n __fish_use_subcommand -f -a \(noun) -d \(quoted(summary))")
        }
        for command in visible {
            let words = command.name.split(separator: " ").map(String.init)
            var condition = "__fish_seen_subcommand_from \(words[0])"
            if words.count == 2 {
                let others = verbs(of: words[0]).joined(separator: " ")
                lines.append(
                    "complete -c mailroom -n '\(condition); and not __fish_seen_subcommand_from \(others)' -f "
                        + "-a \(words[1]) -d \(quoted(command.summary))")
                condition += "; and __fish_seen_subcommand_from \(words[1])"
            }
            for option in command.options {
                lines.append(
                    "complete -c mailroom -n '\(condition)' -l \(option.name.dropFirst(2)) "
                        + (option.value == nil ? "" : "-r ") + "-d \(quoted(option.summary))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
