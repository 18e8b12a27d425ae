#pragma once
#include <gnutls/gnutls.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>
#include <gnutls/pkcs7.h>
#include <gnutls/abstract.h>

// gnutls_free is a variable that points to a function.
static inline void mr_free(gnutls_datum_t datum) { gnutls_free(datum.data); }
