import { problem, type ProblemSpec } from '../problem-spec.js';
import type { RefusalCode } from '../../../kernel/refusal.js';

/** Problems of a request, whatever it is about. */
export const REQUEST_PROBLEMS = {
  'malformed-json': problem(
    400,
    ['请求不是有效的 JSON', 'The request is not valid JSON'],
    ['请检查括号、引号和逗号后重新发送。', 'Check brackets, quotes and commas, then send it again.'],
  ),
  'validation-failed': problem(
    400,
    ['请求内容有误', 'The request has mistakes'],
    [
      'errors 列出了每一处错误的位置和改法，请全部改正后重新发送。',
      'See errors: each names the place and what to do. Correct all and send it again.',
    ],
  ),
  'unsupported-media-type': problem(
    415,
    ['不支持的内容类型', 'Unsupported content type'],
    [
      '请使用 application/json；文件上传请使用 multipart/form-data 或 text/csv。',
      'Use application/json, or multipart/form-data or text/csv for files.',
    ],
  ),
  'body-too-large': problem(
    413,
    ['请求过大', 'The request is too large'],
    ['请分成几个较小的请求或文件发送。', 'Split it into several smaller requests or files.'],
  ),
  'list-too-long': problem(
    413,
    ['列表过长', 'The list is too long'],
    [
      '一次最多 {limit} 行，收到 {given} 行；请分批发送。',
      'At most {limit} rows at a time, got {given}: send it in parts.',
    ],
  ),
  'cursor-invalid': problem(
    400,
    ['翻页标记无效', 'The cursor is invalid'],
    [
      '请从第一页重新开始，并原样使用 Link 头中的地址。',
      'Start again from the first page and use the address of the Link header as it is.',
    ],
  ),
  'not-found': problem(
    404,
    ['没有找到', 'Not found'],
    [
      '没有这个对象，或者您无权查看它。请核对编号。',
      'There is no such thing, or it is not yours to see. Check the number.',
    ],
  ),
  unauthenticated: problem(
    401,
    ['需要有效的密钥', 'A valid key is needed'],
    [
      '浏览器：在登录框中用户名任意填写，密码填写密钥；密钥由登记处发放。程序：以 Authorization: Bearer 提供未被撤销的密钥。',
      'In a browser: any user name, and your key as the password; a registrar gives out keys. A program sends a key that has not been revoked as Authorization: Bearer.',
    ],
  ),
  forbidden: problem(
    403,
    ['无权操作', 'Not allowed'],
    [
      '角色 {role} 不能使用此功能；请使用有相应角色的密钥。',
      'The role {role} may not do this: use a key with the right role.',
    ],
  ),
  'idempotency-key-missing': problem(
    400,
    ['缺少 Idempotency-Key', 'Idempotency-Key is missing'],
    [
      '每次写入都要带 Idempotency-Key 头：先生成并保存一个 UUID，重试时使用同一个。',
      'Every write needs the header Idempotency-Key: make and keep a UUID first, and use the same one when you retry.',
    ],
  ),
  'idempotency-key-invalid': problem(
    400,
    ['Idempotency-Key 格式有误', 'Idempotency-Key is malformed'],
    [
      '请使用 8 至 128 个可见 ASCII 字符，例如一个 UUID。',
      'Use 8 to 128 visible ASCII characters, for example a UUID.',
    ],
  ),
  'idempotency-key-reused': problem(
    422,
    ['Idempotency-Key 已用于另一个请求', 'Idempotency-Key was used for another request'],
    [
      '这个键已对应另一内容的请求，未作任何更改；新的请求请使用新的键。',
      'This key belongs to a request with other content; nothing was changed. Use a new key for a new request.',
    ],
  ),
  'request-still-running': problem(
    409,
    ['相同的请求正在处理', 'The same request is still running'],
    ['请稍后用同一个键重试，将得到首次的答复。', 'Retry with the same key in a moment to get the first answer.'],
  ),
  'precondition-required': problem(
    428,
    ['缺少 If-Match', 'If-Match is missing'],
    [
      '修改前请先读取，并在 If-Match 头中带上读到的 ETag。',
      'Read it first, and send the ETag you read in the header If-Match.',
    ],
  ),
  'precondition-failed': problem(
    412,
    ['内容已被他人修改', 'Somebody else has changed it'],
    [
      '未作任何更改。请重新读取，核对后以新的 ETag 和新的 Idempotency-Key 再修改。',
      'Nothing was changed. Read it again, look at it, then change it with the new ETag and a new Idempotency-Key.',
    ],
  ),
  overloaded: problem(
    503,
    ['系统繁忙', 'The bank is busy'],
    [
      '请在 Retry-After 指出的秒数后用同一个键重试；未作任何更改。',
      'Nothing was changed: retry with the same key after the seconds of Retry-After.',
    ],
  ),
  'storage-full': problem(
    507,
    ['存储空间已满', 'Storage is full'],
    [
      '未作任何更改；请联系管理员腾出空间后用同一个键重试。',
      'Nothing was changed: ask the operator to make room, then retry with the same key.',
    ],
  ),
  'internal-error': problem(
    500,
    ['内部错误', 'Internal error'],
    [
      '未能完成请求；请把 instance 编号告诉管理员，可用同一个键重试。',
      'The request was not completed: give the instance to the operator; retrying with the same key is safe.',
    ],
  ),
} satisfies Partial<Record<RefusalCode, ProblemSpec>>;
