export { IssueTranscript } from './issue-transcript.service.js';
