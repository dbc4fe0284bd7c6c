/** Shows the server's OpenAPI description with the vendored Swagger UI. */

const place = document.querySelector("#docs");
const { SwaggerUIBundle } = /** @type {any} */ (globalThis);

SwaggerUIBundle({
  domNode: place,
  url: place?.getAttribute("data-url"),
  deepLinking: true,
  validatorUrl: null,
});
