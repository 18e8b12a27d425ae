// libcurl, and the calls of it that take any number of arguments, which Swift does not see: one
// wrapper for each type of argument. Nothing here decides anything.
#pragma once
#include <curl/curl.h>

typedef size_t (*mr_curl_octets)(char *, size_t, size_t, void *);

static inline CURLcode mr_curl_set_number(CURL *easy, CURLoption option, long value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode mr_curl_set_size(CURL *easy, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode mr_curl_set_text(CURL *easy, CURLoption option, const char *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode mr_curl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode mr_curl_set_pointer(CURL *easy, CURLoption option, void *value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode mr_curl_set_octets(CURL *easy, CURLoption option, mr_curl_octets value) {
    return curl_easy_setopt(easy, option, value);
}
static inline CURLcode mr_curl_set_progress(CURL *easy, curl_xferinfo_callback value) {
    return curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, value);
}
static inline CURLcode mr_curl_set_opening(CURL *easy, curl_opensocket_callback value) {
    return curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, value);
}
static inline CURLcode mr_curl_set_closing(CURL *easy, curl_closesocket_callback value) {
    return curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, value);
}
static inline CURLcode mr_curl_get_number(CURL *easy, CURLINFO name, long *value) {
    return curl_easy_getinfo(easy, name, value);
}
// What a finished transfer ended with: a member of a union. Zero messages: -1.
static inline int mr_curl_ending(CURLM *multi) {
    int left = 0;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &left)))
        if (message->msg == CURLMSG_DONE)
            return (int)message->data.result;
    return -1;
}
