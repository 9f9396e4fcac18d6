import type { Message } from '../../src/mail/message.ts';

export function aMessage(details: Partial<Message> = {}): Message {
  return {
    id: 'delivery-1.letter@campaign.example',
    from: { name: 'Ada Example', address: 'letters@campaign.example' },
    replyTo: { name: 'Ada Example', address: 'ada@example.org' },
    to: { name: 'Mo Member', address: 'mo.member@parliament.example' },
    subject: 'Cameras in Southwark',
    text: 'Dear Mo Member,\n\nPlease look into the cameras.\n\nYours sincerely,\n\nAda Example',
    ...details,
  };
}
