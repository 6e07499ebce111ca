/* trust.c - advice for a TLS connection that failed */
/* SPDX-License-Identifier: MIT */
#include "http/trust.h"

#include <openssl/x509_vfy.h>

static const char *advice_for_certificate(long reason)
{
  switch (reason) {
  case X509_V_OK:              /* valid, but for another host name */
  case X509_V_ERR_UNSPECIFIED: /* libcurl's initial value */
    return "; is this the service's own address?";
  case X509_V_ERR_CERT_HAS_EXPIRED:
  case X509_V_ERR_CERT_NOT_YET_VALID:
    return "; if this machine's clock is right, the service has to renew it";
  case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
  case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
  case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
  case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
  case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    return "; if you trust its issuer, name the issuer's certificate in "
           "'ca_file'";
  default:
    return "";
  }
}

const char *trust_advice(CURL *easy, CURLcode code)
{
  long reason = X509_V_OK;
  switch (code) {
  case CURLE_PEER_FAILED_VERIFICATION:
    curl_easy_getinfo(easy, CURLINFO_SSL_VERIFYRESULT, &reason);
    return advice_for_certificate(reason);
  case CURLE_SSL_CACERT_BADFILE:
    return "; 'ca_file' must name a file of certificates in PEM";
  case CURLE_SSL_CONNECT_ERROR:
    return "; does https, with TLS 1.2 or later, answer at this address?";
  default:
    return "";
  }
}
