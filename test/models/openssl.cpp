// MODEL: openssl
// PACKAGES: libssl-dev
// COMPILE: -std=c++20

// Every function that checks/model/apis/openssl.json names, against the real header.

#include <openssl/ssl.h>

void files(SSL_CTX *context, SSL *connection) {
  (void)SSL_CTX_use_certificate_file(context, "certificate.pem", SSL_FILETYPE_PEM);
  (void)SSL_CTX_use_certificate_chain_file(context, "chain.pem");
  (void)SSL_CTX_use_PrivateKey_file(context, "key.pem", SSL_FILETYPE_PEM);
  (void)SSL_use_certificate_file(connection, "certificate.pem", SSL_FILETYPE_PEM);
  (void)SSL_use_certificate_chain_file(connection, "chain.pem");
  (void)SSL_use_PrivateKey_file(connection, "key.pem", SSL_FILETYPE_PEM);
  (void)SSL_CTX_load_verify_locations(context, "authorities.pem", nullptr);
  (void)SSL_CTX_load_verify_file(context, "authorities.pem");
  (void)SSL_load_client_CA_file("clients.pem");
}
