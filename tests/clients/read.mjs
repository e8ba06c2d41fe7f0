// Prints as CSL-JSON what citation-js makes of a file. It is copied to where node_modules lies.
import { readFileSync } from 'node:fs'
import { Cite } from '@citation-js/core'
import '@citation-js/plugin-bibtex'
import '@citation-js/plugin-csl'
import '@citation-js/plugin-ris'

const text = readFileSync(process.argv[2], 'utf8')
process.stdout.write(JSON.stringify(new Cite(text).data))
