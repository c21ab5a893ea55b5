/**
 * What `aws s3 sync` does, by this repository's upload, in a process of its own:
 * `node ours.cjs FOLDER BUCKET PREFIX`.
 */
import { collectFiles, uploadFiles } from '@data-lake/s3-sync';
import { localClients } from '../clients';

async function main([source, bucket, prefix]: string[]): Promise<void> {
  await uploadFiles({
    clients: localClients(),
    bucket,
    prefix,
    files: () => collectFiles({ source, files: ['**'] }),
    log: line => console.log(line),
  });
}

void main(process.argv.slice(2)).catch(error => {
  console.error(error);
  process.exitCode = 1;
});
