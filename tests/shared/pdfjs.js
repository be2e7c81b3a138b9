// node pdfjs.js PDFJS FILE: the text of a PDF as pdf.js gives it, in its order, with the line ends that it found.
const fs = require("fs");
const pdfjs = require(process.argv[2]);

(async () => {
  const data = new Uint8Array(fs.readFileSync(process.argv[3]));
  const document = await pdfjs.getDocument({ data, verbosity: 0 }).promise;
  let text = "";
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    text += items.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("") + "\n";
  }
  fs.writeFileSync(1, text);
})().catch((error) => {
  console.error(String(error));
  process.exitCode = 1;
});
