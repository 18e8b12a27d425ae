#include "ctoml.h"

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <deque>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

struct mr_toml {
    std::vector<mr_toml_node> nodes;
    // A deque, because its strings never move: the nodes point into it.
    std::deque<std::string> texts;
    std::string error;
    bool failed = false;
    mr_toml_span error_span{};
};

namespace {

mr_toml_span span_of(const toml::source_region &region) {
    return {region.begin.line, region.begin.column, region.end.line, region.end.column};
}

struct pending {
    const toml::node *node;
    uint32_t parent;
    const toml::key *key;
};

void keep(mr_toml &toml, mr_toml_node &node, std::string text) {
    toml.texts.push_back(std::move(text));
    node.text = toml.texts.back().data();
    node.text_length = toml.texts.back().size();
}

template <typename T> std::string written(const T &value) {
    std::ostringstream stream;
    stream << value;
    return stream.str();
}

void fill(mr_toml &toml, mr_toml_node &out, const toml::node &node) {
    switch (node.type()) {
    case toml::node_type::array:
        out.kind = MR_TOML_ARRAY;
        break;
    case toml::node_type::string:
        out.kind = MR_TOML_STRING;
        keep(toml, out, node.as_string()->get());
        break;
    case toml::node_type::integer:
        out.kind = MR_TOML_INTEGER;
        out.integer = node.as_integer()->get();
        break;
    case toml::node_type::floating_point:
        out.kind = MR_TOML_REAL;
        out.real = node.as_floating_point()->get();
        break;
    case toml::node_type::boolean:
        out.kind = MR_TOML_BOOLEAN;
        out.integer = node.as_boolean()->get() ? 1 : 0;
        break;
    case toml::node_type::date:
        out.kind = MR_TOML_DATE;
        keep(toml, out, written(node.as_date()->get()));
        break;
    case toml::node_type::time:
        out.kind = MR_TOML_TIME;
        keep(toml, out, written(node.as_time()->get()));
        break;
    case toml::node_type::date_time:
        out.kind = MR_TOML_DATE_TIME;
        keep(toml, out, written(node.as_date_time()->get()));
        break;
    case toml::node_type::none:
    case toml::node_type::table:
        out.kind = MR_TOML_TABLE;
        out.is_inline = node.as_table() && node.as_table()->is_inline();
        break;
    }
}

// A stack of its own, not recursion: keys with dots nest deeper than values may.
void flatten(mr_toml &toml, const toml::table &root) {
    std::vector<pending> waiting{{&root, 0, nullptr}};
    while (!waiting.empty()) {
        const pending next = waiting.back();
        waiting.pop_back();
        const auto index = static_cast<uint32_t>(toml.nodes.size());
        mr_toml_node out{};
        out.parent = next.parent;
        out.span = span_of(next.node->source());
        if (next.key) {
            toml.texts.emplace_back(next.key->str());
            out.key = toml.texts.back().data();
            out.key_length = toml.texts.back().size();
            out.key_span = span_of(next.key->source());
        }
        fill(toml, out, *next.node);
        toml.nodes.push_back(out);
        if (const auto *table = next.node->as_table()) {
            for (auto &&[key, value] : *table) waiting.push_back({&value, index, &key});
        } else if (const auto *array = next.node->as_array()) {
            for (auto i = array->size(); i > 0; i--) waiting.push_back({array->get(i - 1), index, nullptr});
        }
    }
}

} // namespace

extern "C" struct mr_toml *mr_toml_parse(const char *text, size_t length) {
    try {
        auto toml = std::make_unique<mr_toml>();
        const auto result = toml::parse(std::string_view{text, length});
        if (result) {
            flatten(*toml, result.table());
        } else {
            toml->failed = true;
            toml->error = std::string{result.error().description()};
            toml->error_span = span_of(result.error().source());
        }
        return toml.release();
    } catch (...) {
        return nullptr;
    }
}

extern "C" void mr_toml_free(struct mr_toml *toml) { delete toml; }

extern "C" const char *mr_toml_error(const struct mr_toml *toml, struct mr_toml_span *span) {
    if (!toml->failed) return nullptr;
    *span = toml->error_span;
    return toml->error.c_str();
}

extern "C" const struct mr_toml_node *mr_toml_nodes(const struct mr_toml *toml, size_t *count) {
    *count = toml->nodes.size();
    return toml->nodes.data();
}
