export { documentRow, Documents, INSERT_DOCUMENT, newSerial, type IssuedDocument } from './documents.service.js';
export { DocumentResponse } from './certificate.response.js';
export { Provenance } from './provenance.service.js';
export { VerifyDocument, type Verification } from './verify-document.service.js';
export type * from './domain/snapshot.js';
export { IssueCertificate } from './issue-certificate.service.js';
export { ReplayAwards } from './replay-awards.service.js';
export { VerifyDocuments } from './verify-documents.service.js';
