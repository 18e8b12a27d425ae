// What GMime reads in the messages named on the command line, a fact a line,
// every text in hexadecimal: see mail.py, which says the same of Python's
// parser. ComposeJudgesTests.swift compares both with what was written.
#include <gmime/gmime.h>
#include <stdio.h>
#include <string.h>

static void hex(const char *text, size_t length) {
    putchar(' ');
    for (size_t index = 0; index < length; index++) printf("%02x", (unsigned char)text[index]);
}

static void say(const char *name, const char *text) {
    printf("%s", name);
    hex(text ? text : "", text ? strlen(text) : 0);
    putchar('\n');
}

static void say_addresses(const char *name, InternetAddressList *list) {
    for (int index = 0; index < internet_address_list_length(list); index++) {
        InternetAddress *one = internet_address_list_get_address(list, index);
        const char *shown = internet_address_get_name(one);
        const char *address = INTERNET_ADDRESS_IS_MAILBOX(one)
            ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(one)) : "group";
        printf("%s", name);
        hex(shown ? shown : "", shown ? strlen(shown) : 0);
        hex(address ? address : "", address ? strlen(address) : 0);
        putchar('\n');
    }
}

static void say_ids(const char *name, const char *value) {
    GMimeReferences *ids = g_mime_references_parse(NULL, value ? value : "");
    for (int index = 0; index < g_mime_references_length(ids); index++)
        say(name, g_mime_references_get_message_id(ids, index));
    g_mime_references_free(ids);
}

static void say_part(GMimeObject *parent, GMimeObject *part, gpointer data) {
    (void)parent, (void)data;
    if (!GMIME_IS_PART(part)) return;
    GMimeStream *memory = g_mime_stream_mem_new();
    g_mime_data_wrapper_write_to_stream(g_mime_part_get_content(GMIME_PART(part)), memory);
    GByteArray *octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
    GMimeContentType *type = g_mime_object_get_content_type(part);
    const char *name = g_mime_part_get_filename(GMIME_PART(part));
    if (name) {
        printf("file");
        hex(name, strlen(name));
    } else {
        const char *deletes = g_mime_content_type_get_parameter(type, "delsp");
        printf("%s %s", g_mime_content_type_get_media_subtype(type), deletes ? deletes : "no");
    }
    hex((const char *)octets->data, octets->len);
    putchar('\n');
    g_object_unref(memory);
}

int main(int count, char **names) {
    g_mime_init();
    for (int index = 1; index < count; index++) {
        GMimeStream *file = g_mime_stream_file_open(names[index], "r", NULL);
        GMimeParser *parser = g_mime_parser_new_with_stream(file);
        GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
        say("subject", g_mime_message_get_subject(message));
        say_addresses("from", g_mime_message_get_from(message));
        say_addresses("to", g_mime_message_get_to(message));
        say("id", g_mime_message_get_message_id(message));
        say_ids("reference", g_mime_object_get_header(GMIME_OBJECT(message), "References"));
        printf("date %lld\n", (long long)g_date_time_to_unix(g_mime_message_get_date(message)));
        g_mime_message_foreach(message, say_part, NULL);
        printf("end\n");
        g_object_unref(message);
        g_object_unref(parser);
        g_object_unref(file);
    }
    return 0;
}
